import { knownDevices } from '@pix/db/schema/auth.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../../testing/test-app.ts'
import { browserOf, letterTo } from '../accounts-testing.ts'
import { enrolled, person } from './factor-testing.ts'

test('the code of a letter is a first step like a password: the app is asked all the same', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const browser = browserOf(t)
  const { ticket } = (await browser.post('/auth/otp', { email: anna.email, locale: 'en' })).json<{ ticket: string }>()
  const { code } = await letterTo(t, anna.email)

  const first = await browser.post('/auth/otp/verify', { ticket, code })
  expect(first.json()).toMatchObject({ code: 'second_factor_needed' })
  expect(Object.keys(browser.cookies)).toEqual(['pix_challenge'])
  expect(await t.db.select().from(knownDevices)).toEqual([])

  const second = await browser.post('/auth/second-factor/answer', { code: app.code(), locale: 'en' })
  expect(second.json()).toMatchObject({ user: { id: anna.id } })
  expect(Object.keys(browser.cookies).toSorted()).toEqual(['pix_device', 'pix_refresh', 'pix_session'])
  expect((await browser.post('/auth/refresh')).statusCode).toBe(200)
})

test('who is signed in and changes the password goes on without a code', async () => {
  await using t = await testApp()
  const anna = await person(t)
  await enrolled(t, anna)
  const changed = await browserOf(t).post(
    '/auth/change-password',
    { current: 'correct horse battery', password: 'seven purple kettles', locale: 'en' },
    { headers: anna.headers },
  )
  expect(changed.statusCode).toBe(200)
})
