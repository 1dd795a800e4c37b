import { users } from '@pix/db/schema/auth.ts'
import { recoveryCodes, secondFactors, signInChallenges } from '@pix/db/schema/second-factors.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../../testing/test-app.ts'
import { answer, codeAt, enrolled, person } from './factor-testing.ts'

const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code

test('the secret is shown once and counts from its first code on', async () => {
  await using t = await testApp()
  const anna = await person(t)
  t.hold()
  const begun = (await anna.factor.begin()).json<{ secret: string; qrImage: string }>()
  expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(begun.qrImage).toMatch(/^data:image\/png;base64,/)
  expect((await anna.login()).statusCode).toBe(200)
  expect((await anna.factor.read()).isOn).toBe(false)

  const again = (await anna.factor.begin()).json<{ secret: string }>()
  expect(again.secret).not.toBe(begun.secret)
  expect(codeOf(await anna.factor.confirm(codeAt(t, begun.secret)))).toBe('wrong_second_factor')
  const confirmed = await anna.factor.confirm(codeAt(t, again.secret))
  expect(confirmed.json<{ recoveryCodes: string[] }>().recoveryCodes).toHaveLength(10)
  expect(await anna.factor.read()).toEqual({ isOn: true, isRequired: false, dueAt: null, recoveryCodesLeft: 10 })
  expect(codeOf(await anna.factor.begin())).toBe('second_factor_on')
  expect(codeOf(await anna.factor.confirm(codeAt(t, again.secret, 1)))).toBe('second_factor_on')

  const [row] = await t.db.select().from(secondFactors)
  expect(row!.secret.includes(again.secret)).toBe(false)
})

test('a right password signs in only with the code of the app; until then nothing is open', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)

  const first = await anna.login()
  expect([first.statusCode, codeOf(first)]).toEqual([403, 'second_factor_needed'])
  expect(first.cookies).toMatchObject([
    { name: 'pix_challenge', path: '/api/auth', httpOnly: true, sameSite: 'Strict', maxAge: 600 },
  ])
  const cookie = `pix_challenge=${first.cookies[0]!.value}`
  const headers = { authorization: `Bearer ${first.cookies[0]!.value}` }
  expect((await t.app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(401)

  const second = await answer(t, cookie, app.code())
  expect(second.statusCode).toBe(200)
  expect(second.cookies.map(({ name, value }) => [name, value !== ''])).toEqual([
    ['pix_challenge', false],
    ['pix_refresh', true],
    ['pix_device', true],
    ['pix_session', true],
  ])
  const { accessToken } = second.json<{ accessToken: string }>()
  const me = await t.app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${accessToken}` } })
  expect(me.json()).toMatchObject({ id: anna.id })
})

test('a code is good once, also for what is signed in, and no code of an earlier step comes after it', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const [used, early] = [app.code(), app.code(-1)]
  expect((await answer(t, await anna.challenge(), used)).statusCode).toBe(200)
  for (const code of [used, early]) {
    expect(codeOf(await answer(t, await anna.challenge(), code))).toBe('wrong_second_factor')
    expect(codeOf(await anna.factor.disable(code))).toBe('wrong_second_factor')
  }
  t.forward(30_000)
  expect((await answer(t, await anna.challenge(), app.code())).statusCode).toBe(200)
})

test('two sign-ins sent at once with one code are one sign-in', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const [a, b] = [await anna.challenge(), await anna.challenge()]
  const answers = await Promise.all([answer(t, a, app.code()), answer(t, b, app.code())])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422])
})

test('a clock that is one step off is followed, two steps are not', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  t.forward(300_000)
  for (const [steps, status] of [
    [-2, 422],
    [2, 422],
    [-1, 200],
    [1, 200],
  ] as const) {
    const { statusCode } = await answer(t, await anna.challenge(), app.code(steps))
    expect([steps, statusCode]).toEqual([steps, status])
  }
})

test('a clock moved back makes no used code good again', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  t.forward(3_600_000)
  expect((await answer(t, await anna.challenge(), app.code())).statusCode).toBe(200)
  t.forward(-3_600_000)
  expect(codeOf(await answer(t, await anna.challenge(), app.code()))).toBe('wrong_second_factor')
})

test('a recovery code stands for a code once, however it is written, and only its hash is kept', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const { recoveryCodes: codes } = await enrolled(t, anna)
  expect(new Set(codes).size).toBe(10)
  expect(codes[0]).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)

  const written = ` ${codes[0]!.toUpperCase().replaceAll('-', ' ')} `
  expect((await answer(t, await anna.challenge(), written)).statusCode).toBe(200)
  expect(codeOf(await answer(t, await anna.challenge(), codes[0]!))).toBe('wrong_second_factor')
  expect((await anna.factor.read()).recoveryCodesLeft).toBe(9)
  const rows = await t.db.select().from(recoveryCodes)
  expect(JSON.stringify(rows)).not.toContain(codes[1])
})

test('two requests at once with one recovery code are one sign-in', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const { recoveryCodes: codes } = await enrolled(t, anna)
  const [a, b] = [await anna.challenge(), await anna.challenge()]
  const answers = await Promise.all([answer(t, a, codes[3]!), answer(t, b, codes[3]!)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422])
  expect((await anna.factor.read()).recoveryCodesLeft).toBe(9)
})

test('new recovery codes take the place of the old ones, used or not', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const { recoveryCodes: old, code } = await enrolled(t, anna)
  const renewed = (await anna.factor.renew(code())).json<{ recoveryCodes: string[] }>().recoveryCodes
  expect(renewed).toHaveLength(10)
  expect(codeOf(await answer(t, await anna.challenge(), old[0]!))).toBe('wrong_second_factor')
  expect((await answer(t, await anna.challenge(), renewed[0]!)).statusCode).toBe(200)
})

test('a challenge takes no code of another account', async () => {
  await using t = await testApp()
  const [anna, ben] = [await person(t), await person(t)]
  const app = await enrolled(t, anna)
  const { recoveryCodes: codes } = await enrolled(t, ben)
  const waiting = await ben.challenge()
  for (const code of [app.code(), app.recoveryCodes[0]!]) {
    expect(codeOf(await answer(t, waiting, code))).toBe('wrong_second_factor')
  }
  const signedIn = await answer(t, waiting, codes[0]!)
  expect(signedIn.json()).toMatchObject({ user: { id: ben.id } })
})

test('turned off on another device, the factor ends challenges, and the password is enough again', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const waiting = await anna.challenge()
  expect(codeOf(await anna.factor.disable('000000'))).toBe('wrong_second_factor')
  expect((await anna.factor.disable(app.code())).statusCode).toBe(204)

  const late = await answer(t, waiting, app.code(1))
  expect([late.statusCode, codeOf(late)]).toEqual([403, 'sign_in_over'])
  expect((await anna.login()).statusCode).toBe(200)
  expect(codeOf(await anna.factor.renew(app.code(1)))).toBe('second_factor_off')
  expect(await t.db.select().from(recoveryCodes)).toEqual([])
})

test('turning it off while a code is answered ends in one or the other, without a fault', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const waiting = await anna.challenge()
  const [off, signedIn] = await Promise.all([
    anna.factor.disable(app.recoveryCodes[0]!),
    answer(t, waiting, app.recoveryCodes[1]!),
  ])
  expect(off.statusCode).toBe(204)
  expect([200, 403]).toContain(signedIn.statusCode)
})

test('a challenge ends after ten minutes, once it is answered, and when the account changes meanwhile', async () => {
  await using t = await testApp()
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const isOver = async (cookie: string) => {
    t.forward(30_000)
    return codeOf(await answer(t, cookie, app.code()))
  }
  expect(await isOver('pix_challenge=none')).toBe('sign_in_over')
  const answered = await anna.challenge()
  expect((await answer(t, answered, app.code())).statusCode).toBe(200)
  expect(await isOver(answered)).toBe('sign_in_over')

  const old = await anna.challenge()
  t.forward(600_000)
  expect(await isOver(old)).toBe('sign_in_over')

  const before = await anna.challenge()
  await t.db.update(users).set({ passwordHash: 'another' }).where(eq(users.id, anna.id))
  expect(await isOver(before)).toBe('sign_in_over')
})

test('five wrong codes end the challenge and lock the account, longer each time, until a right code', async () => {
  await using t = await testApp({ settings: { LIMIT_LOGINS_PER_MINUTE: '100' } })
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const waiting = await anna.challenge()
  for (let i = 0; i < 5; i++) expect(codeOf(await answer(t, waiting, '000000'))).toBe('wrong_second_factor')
  expect(codeOf(await answer(t, waiting, app.code()))).toBe('sign_in_over')

  const locked = await answer(t, await anna.challenge(), app.code())
  expect([locked.statusCode, codeOf(locked), locked.headers['retry-after']]).toEqual([429, 'account_locked', '60'])
  expect(codeOf(await anna.factor.disable(app.recoveryCodes[0]!))).toBe('account_locked')
  t.forward(60_000)
  expect(codeOf(await answer(t, await anna.challenge(), '000000'))).toBe('wrong_second_factor')
  expect((await answer(t, await anna.challenge(), app.code())).headers['retry-after']).toBe('120')
  t.forward(120_000)
  expect((await answer(t, await anna.challenge(), app.code())).statusCode).toBe(200)
  t.forward(30_000)
  expect(codeOf(await answer(t, await anna.challenge(), '000000'))).toBe('wrong_second_factor')
  expect((await answer(t, await anna.challenge(), app.code())).statusCode).toBe(200)
})

test('wrong codes sent together are counted one by one', async () => {
  await using t = await testApp()
  const anna = await person(t)
  await enrolled(t, anna)
  const waiting = await anna.challenge()
  const answers = await Promise.all(Array.from({ length: 12 }, () => answer(t, waiting, '000000')))
  expect(answers.filter(({ statusCode }) => statusCode === 422).length).toBeLessThanOrEqual(5)
  const [row] = await t.db.select().from(secondFactors)
  expect(row!.failures).toBe(5)
})

test('old challenges go with the next sign-in', async () => {
  await using t = await testApp()
  const anna = await person(t)
  await enrolled(t, anna)
  await anna.challenge()
  t.forward(700_000)
  await anna.challenge()
  expect(await t.db.select().from(signInChallenges)).toHaveLength(1)
})
