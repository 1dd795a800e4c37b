import { auditEvents } from '@pix/db/schema/audit.ts'
import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { letters } from '../accounts-testing.ts'
import { answer, codeAt, enrolled, factorOf, person } from './factor-testing.ts'

const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code
const auditOf = (t: TestApp) => t.db.select().from(auditEvents).orderBy(asc(auditEvents.id))

test('turning it on or off and using a recovery code each write a letter and an audit line', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  await answer(t, await anna.challenge(), app.recoveryCodes[0]!)
  await anna.factor.renew(app.code())
  t.forward(30_000)
  expect((await anna.factor.disable(app.code())).statusCode).toBe(204)

  expect((await auditOf(t)).map(({ action, actorId, subject, after }) => [action, actorId, subject, after])).toEqual([
    ['account.second_factor_on', anna.id, `user:${anna.id}`, null],
    ['account.recovery_code', anna.id, `user:${anna.id}`, { left: 9 }],
    ['account.recovery_codes_renew', anna.id, `user:${anna.id}`, null],
    ['account.second_factor_off', anna.id, `user:${anna.id}`, null],
  ])
  const written = (await letters(t)).toReversed()
  expect(written.map(({ template, recipient, locale }) => [template, recipient, locale])).toEqual([
    ['second_factor_on', anna.email, 'en'],
    ['recovery_code_used', anna.email, 'en'],
    ['second_factor_off', anna.email, 'en'],
  ])
  expect(written[1]!.facts).toMatchObject({ left: '9' })
})

test('a refused try writes neither a letter nor an audit line', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  await answer(t, await anna.challenge(), '000000')
  await anna.factor.disable('000000')
  await anna.factor.disable(app.code(), 'not the password')
  expect(await letters(t)).toHaveLength(1)
  expect(await auditOf(t)).toHaveLength(1)
})

test('turning it on or off asks for the password again, and guesses there are counted like sign-ins', async () => {
  await using t = await testApp()
  const anna = await person(t)
  expect(codeOf(await anna.factor.begin(null))).toBe('wrong_password')
  expect(codeOf(await anna.factor.begin('not the password'))).toBe('wrong_password')
  const app = await enrolled(t, anna)
  for (let i = 0; i < 5; i++)
    expect(codeOf(await anna.factor.disable(app.code(), 'not the password'))).toBe('wrong_password')
  expect(codeOf(await anna.factor.disable(app.code()))).toBe('account_locked')
  expect((await anna.factor.read()).isOn).toBe(true)
  t.forward(61_000)
  expect((await anna.factor.disable(app.code())).statusCode).toBe(204)
})

test('an account that a provider opens has no password to give', async () => {
  await using t = await testApp()
  const factor = factorOf(t, (await t.user('customer', { passwordHash: null })).headers)
  t.hold()
  const { secret } = (await factor.begin(null)).json<{ secret: string }>()
  expect((await factor.confirm(codeAt(t, secret))).statusCode).toBe(200)
})
