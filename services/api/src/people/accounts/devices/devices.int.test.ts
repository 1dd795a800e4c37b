import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, type TestBrowser } from '../accounts-testing.ts'
import { hashPassword } from '../passwords.ts'

const member = async (t: TestApp) => t.user('customer', { passwordHash: await hashPassword(GOOD_PASSWORD) })

async function signIn(browser: TestBrowser, email: string) {
  const answer = await browser.post('/auth/login', { email, password: GOOD_PASSWORD })
  return { authorization: `Bearer ${answer.json().accessToken}` }
}
const list = async (t: TestApp, browser: TestBrowser, headers: Record<string, string>) =>
  (await t.app.inject({ url: '/api/auth/sessions', headers, cookies: browser.cookies })).json().items
const end = (browser: TestBrowser, headers: Record<string, string>, id = '') =>
  browser.post(`/auth/sessions${id && `/${id}`}`, {}, { method: 'DELETE', headers })

test('devices are listed with when and roughly where they were last used, and this one is marked', async () => {
  await using t = await testApp()
  t.hold()
  const { email } = await member(t)
  const phone = browserOf(t, { network: '203.0.113.9', agent: 'a phone' })
  const desk = browserOf(t, { network: '2001:db8:1:2:3::9', agent: 'a desk' })
  await signIn(phone, email)
  t.forward(60_000)
  const headers = await signIn(desk, email)

  expect(await list(t, desk, headers)).toMatchObject([
    { device: 'a desk', network: '2001:db8:1:…', isThis: true },
    { device: 'a phone', network: '203.0.113.…', isThis: false },
  ])
  t.forward(60_000)
  await phone.post('/auth/refresh')
  const [first] = await list(t, desk, headers)
  expect(first).toMatchObject({ device: 'a phone', lastUsedAt: t.deps.now().toISOString() })
})

test('a device that is signed out can do nothing more, and the one that did it goes on', async () => {
  await using t = await testApp()
  const { email } = await member(t)
  const [here, lost] = [browserOf(t), browserOf(t, { agent: 'lost phone' })]
  const theirs = await signIn(lost, email)
  const mine = await signIn(here, email)
  const [, other] = await list(t, here, mine)

  expect((await end(here, mine, other.id)).statusCode).toBe(204)

  expect((await t.app.inject({ url: '/api/auth/me', headers: theirs })).statusCode).toBe(401)
  expect((await lost.post('/auth/refresh')).statusCode).toBe(401)
  expect((await here.post('/auth/refresh')).statusCode).toBe(200)
})

test('all other devices are signed out at once', async () => {
  await using t = await testApp()
  const { email } = await member(t)
  const browsers = [browserOf(t), browserOf(t), browserOf(t)]
  let headers = {}
  for (const browser of browsers) headers = await signIn(browser, email)

  expect((await end(browsers[2]!, headers)).statusCode).toBe(204)

  const renewed = []
  for (const browser of browsers) renewed.push((await browser.post('/auth/refresh')).statusCode)
  expect(renewed).toEqual([401, 401, 200])
})

test('nobody signs out, or sees, the devices of somebody else', async () => {
  await using t = await testApp()
  const [mine, theirs] = [browserOf(t), browserOf(t)]
  const headers = await signIn(mine, (await member(t)).email)
  const their = await signIn(theirs, (await member(t)).email)
  const [device] = await list(t, theirs, their)

  expect(await list(t, mine, headers)).toHaveLength(1)
  expect((await end(mine, headers, device.id)).statusCode).toBe(404)
  expect((await end(mine, headers, t.deps.newId())).statusCode).toBe(404)
  expect((await theirs.post('/auth/refresh')).statusCode).toBe(200)
})
