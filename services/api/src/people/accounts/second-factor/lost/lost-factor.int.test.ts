import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { knownDevices, refreshTokens } from '@pix/db/schema/auth.ts'
import { lostSecondFactors, secondFactors } from '@pix/db/schema/second-factors.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { and, eq, isNull, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { letters } from '../../accounts-testing.ts'
import { answer, codeAt, PASSWORD, enrolled, type Person, person } from '../factor-testing.ts'
import { TEST_ORIGIN, type TestApp, testApp } from '../../../../testing/test-app.ts'

const HOUR_MS = 3_600_000
let t: TestApp
let admin: Person
let adminsApp: Awaited<ReturnType<typeof enrolled>>
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_LOGINS_PER_MINUTE: '1000' } })
  admin = await person(t, 'admin')
  adminsApp = await enrolled(t, admin)
})
afterAll(() => t[Symbol.asyncDispose]())

const post = (url: string, payload: object, headers: Record<string, string>) =>
  t.app.inject({ method: 'POST', url: `/api${url}`, payload, headers: { origin: TEST_ORIGIN, ...headers } })
const report = (cookie: string) => post('/auth/second-factor/lost', { locale: 'en' }, { cookie })
const keepOwn = (headers: Record<string, string>) => post('/auth/second-factor/keep-own', {}, headers)
const keep = (token: string) => post('/auth/second-factor/keep', { token }, {})
const isOn = async ({ id }: Pick<Person, 'id'>) =>
  (await t.db.$count(secondFactors, eq(secondFactors.userId, id))) === 1
const isReported = async ({ id }: Pick<Person, 'id'>) =>
  (await t.db.$count(lostSecondFactors, eq(lostSecondFactors.userId, id))) === 1
const lettersTo = async ({ email }: Pick<Person, 'email'>) =>
  (await letters(t)).filter(({ recipient, template }) => recipient === email && template !== 'second_factor_on')
const lines = async () =>
  (await t.app.inject({ url: '/api/admin/inbox?kind=lost_factor', headers: admin.headers })).json().items

/** The admin's code is good once: each decision has its own. */
const decide = async ({ id }: Pick<Person, 'id'>, fields: object = {}, headers = admin.headers) => {
  t.forward(30_000)
  const code = codeAt(t, adminsApp.secret)
  const body = { decision: 'turned_off', reason: 'Called on a number that we knew', code, locale: 'en', ...fields }
  const answered = await post(`/admin/inbox/lost_factor/${id}/decide`, body, headers)
  return answered.statusCode === 204 ? 'done' : answered.json<{ code: string }>().code
}

/** As if so many hours had passed since it was said: access tokens end long before. */
const wait = (hours: number) =>
  t.db.update(lostSecondFactors).set({
    askedAt: sql`${lostSecondFactors.askedAt} - make_interval(hours => ${hours})`,
    waitsUntil: sql`${lostSecondFactors.waitsUntil} - make_interval(hours => ${hours})`,
  })

/** Until a statement of another connection waits for a lock. */
const untilSomebodyWaits = () =>
  expect
    .poll(async () => {
      const { rows } = await t.db.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows[0]!.waiting
    })
    .toBe(1)

/** A browser of theirs that was given its token then. */
const addSignIn = ({ id }: Pick<Person, 'id'>, createdAt: Date) =>
  t.db.insert(refreshTokens).values({
    id: t.deps.newId(),
    userId: id,
    familyId: t.deps.newId(),
    tokenHash: id,
    device: 'phone',
    createdAt,
    expiresAt: new Date('2099-01-01'),
  })

async function somebodyLocked() {
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const answered = await report(await anna.challenge())
  expect(answered.statusCode).toBe(200)
  return { anna, app, waitsUntil: answered.json<{ waitsUntil: string }>().waitsUntil }
}

test('a person who passed the first step reports it once: the owner gets one letter, and a repeated report changes no date', async () => {
  const { anna, waitsUntil } = await somebodyLocked()
  expect(Date.parse(waitsUntil) - t.deps.now().getTime()).toBe(72 * HOUR_MS)
  t.forward(1_000)
  expect((await report(await anna.challenge())).json()).toMatchObject({ waitsUntil })
  expect((await lettersTo(anna)).map(({ template, path }) => [template, path])).toEqual([
    ['second_factor_lost', '/keep-two-factor'],
  ])
  expect(await lines()).toMatchObject([{ id: anna.id, about: { user: { email: anna.email }, waitsUntil } }])
})

test('nobody says it without the first step of a sign-in, which shows a stranger nothing about accounts', async () => {
  for (const cookie of ['', 'pix_challenge=none', `pix_challenge=${'A'.repeat(43)}`]) {
    const answered = await report(cookie)
    expect([answered.statusCode, answered.json().code]).toEqual([403, 'sign_in_over'])
  }
})

test('a thief of the mailbox waits in vain: the owner signs in with a code, and the request is gone', async () => {
  const { anna, app } = await somebodyLocked()
  await wait(71)
  expect((await answer(t, await anna.challenge(), '000000')).statusCode).toBe(422)
  expect(await isReported(anna)).toBe(true)
  expect((await answer(t, await anna.challenge(), app.code())).statusCode).toBe(200)
  await wait(2)
  expect(await decide(anna)).toBe('line_closed')
  expect([await isOn(anna), await isReported(anna)]).toEqual([true, false])
})

test('a browser in which the owner is signed in shows it and can keep the factor, also when somebody else reads the mailbox; the line says when the account was last active', async () => {
  const { anna, waitsUntil } = await somebodyLocked()
  const waitsUntilOf = async ({ headers }: Person) =>
    (await t.app.inject({ url: '/api/auth/me', headers })).json<{ lostFactorWaitsUntil: string | null }>()
      .lostFactorWaitsUntil
  const stranger = await person(t)
  expect([await waitsUntilOf(anna), await waitsUntilOf(stranger)]).toEqual([waitsUntil, null])
  const lineOf = async () => (await lines()).find(({ id }: { id: string }) => id === anna.id)
  expect((await lineOf()).about.lastActiveAt).toBeNull()
  const lastActiveAt = '2026-01-02T03:04:05.000Z'
  await addSignIn(anna, new Date(lastActiveAt))
  expect((await lineOf()).about).toMatchObject({ lastActiveAt })
  expect((await keepOwn(stranger.headers)).statusCode).toBe(204)
  expect((await keepOwn({})).statusCode).toBe(401)
  expect(await isReported(anna)).toBe(true)
  expect((await keepOwn(anna.headers)).statusCode).toBe(204)
  expect([await isOn(anna), await isReported(anna), await waitsUntilOf(anna)]).toEqual([true, false, null])
  await wait(73)
  expect(await decide(anna)).toBe('line_closed')
  const kept = eq(auditEvents.action, 'account.second_factor_kept')
  const said = await t.db
    .select()
    .from(auditEvents)
    .where(and(kept, eq(auditEvents.subject, `user:${anna.id}`)))
  expect(said).toMatchObject([{ actorId: anna.id, after: { by: 'browser' } }])
})

test('a factor that is turned off while somebody says that it is lost ends that sign-in, which is answered so', async () => {
  const anna = await person(t)
  await enrolled(t, anna)
  const cookie = await anna.challenge()
  let said: ReturnType<typeof report> | undefined
  await t.db.transaction(async tx => {
    await tx.delete(secondFactors).where(eq(secondFactors.userId, anna.id))
    said = report(cookie)
    await untilSomebodyWaits()
  })
  expect((await said!).json()).toMatchObject({ code: 'sign_in_over' })
})

test('the link of the letter keeps the factor, once; reading the page uses nothing up', async () => {
  const { anna } = await somebodyLocked()
  const [letter] = await lettersTo(anna)
  const token = letter!.secrets!.token!
  expect((await keep('x'.repeat(43))).json().code).toBe('link_used_up')
  expect(await isReported(anna)).toBe(true)
  expect((await keep(token)).statusCode).toBe(204)
  expect((await keep(token)).json().code).toBe('link_used_up')
  await wait(73)
  expect(await decide(anna)).toBe('line_closed')
  expect(await isOn(anna)).toBe(true)
})

test('nobody turns it off before its time, without a code of their own, or for themselves', async () => {
  const { anna } = await somebodyLocked()
  expect(await decide(anna)).toBe('illegal_state')
  expect([await isOn(anna), await isReported(anna)]).toEqual([true, true])
  await wait(73)
  expect(await decide(anna, { code: '000000' })).toBe('wrong_second_factor')
  expect(await decide(anna, { code: undefined })).toBe('wrong_second_factor')
  expect(await decide(anna, { reason: ' ' })).toBe('invalid_request')
  const withoutApp = await person(t, 'admin')
  expect(await decide(anna, {}, withoutApp.headers)).toBe('second_factor_off')
  expect(await decide(anna, {}, (await person(t)).headers)).toBe('forbidden')
  expect((await report(await admin.challenge())).statusCode).toBe(200)
  await wait(73)
  expect(await decide(admin, { decision: 'kept' })).toBe('forbidden')
  expect([await isOn(anna), await isOn(admin)]).toEqual([true, true])
})

test('turned off, every sign-in of the account ends, its owner gets a letter, and the audit says why and by whom', async () => {
  const { anna } = await somebodyLocked()
  await addSignIn(anna, t.deps.now())
  await wait(73)
  // The admin reads Thai, and the owner said it in English.
  expect(await decide(anna, { locale: 'th' })).toBe('done')
  expect([await isOn(anna), await isReported(anna)]).toEqual([false, false])
  expect(
    await t.db.$count(refreshTokens, and(eq(refreshTokens.userId, anna.id), isNull(refreshTokens.revokedAt))),
  ).toBe(0)
  expect((await t.app.inject({ url: '/api/auth/me', headers: anna.headers })).statusCode).toBe(401)
  expect((await lettersTo(anna)).map(({ template, locale }) => [template, locale]).toSorted()).toEqual([
    ['second_factor_lost', 'en'],
    ['second_factor_off', 'en'],
  ])
  const said = await t.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, `user:${anna.id}`), like(auditEvents.action, 'account.second_factor_%')))
  expect(said.map(({ action, actorId }) => [action, actorId]).toSorted()).toEqual(
    [
      ['account.second_factor_lost', anna.id],
      ['account.second_factor_on', anna.id],
      ['account.second_factor_reset', admin.id],
    ].toSorted(),
  )
  expect(said.find(({ actorId }) => actorId === admin.id)!.detail).toMatchObject({
    reason: 'Called on a number that we knew',
  })
  expect((await anna.login()).statusCode).toBe(200)
})

test('kept, the factor stays and the line is gone; a deleted account leaves no line', async () => {
  const [{ anna }, { anna: ben, app }] = [await somebodyLocked(), await somebodyLocked()]
  expect(await decide(anna, { decision: 'kept', code: undefined })).toBe('done')
  expect([await isOn(anna), await isReported(anna)]).toEqual([true, false])
  const payload = { password: PASSWORD, code: app.code(), locale: 'en' }
  expect((await post('/me/deletion', payload, ben.headers)).statusCode).toBe(204)
  const open = (await lines()).map(({ id }: { id: string }) => id)
  expect([open.includes(anna.id), open.includes(ben.id)]).toEqual([false, false])
})

const COMMAND = fileURLToPath(new URL('../../../../reset-second-factor/main.ts', import.meta.url))

/** As `npm run reset-second-factor` runs it. @returns what it printed, and how it ended */
const reset = (email: string) =>
  promisify(execFile)(
    process.execPath,
    [...TYPESCRIPT, COMMAND, '--email', email, '--reason', 'Stood before me', '--locale', 'en'],
    { env: { ...process.env, DATABASE_URL: t.deps.settings.DATABASE_URL } },
  ).then(
    () => 'done',
    (error: { code: number; stderr: string }) => `${error.code} ${error.stderr.trim()}`,
  )

test('the operator of the server resets the only admin: sign-ins end, browsers are forgotten, a letter and an audit line are written', async () => {
  const anna = await person(t)
  await enrolled(t, anna)
  await addSignIn(anna, t.deps.now())
  await t.db.insert(knownDevices).values({ userId: anna.id, tokenHash: anna.id, lastSignInAt: t.deps.now() })
  expect(await reset(`  ${anna.email.toUpperCase()} `)).toBe('done')
  const left = isNull(refreshTokens.revokedAt)
  expect(
    await Promise.all([
      isOn(anna),
      t.db.$count(refreshTokens, and(eq(refreshTokens.userId, anna.id), left)),
      t.db.$count(knownDevices, eq(knownDevices.userId, anna.id)),
    ]),
  ).toEqual([false, 0, 0])
  expect((await lettersTo(anna)).map(({ template, locale }) => [template, locale])).toEqual([
    ['second_factor_off', 'en'],
  ])
  const said = await t.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, `user:${anna.id}`), eq(auditEvents.action, 'account.second_factor_reset')))
  expect(said).toMatchObject([{ actorId: null, detail: { reason: 'Stood before me', by: 'command' } }])
  expect((await anna.login()).statusCode).toBe(200)
  expect(await reset(anna.email)).toBe(`1 The account of ${anna.email} has no second factor.`)
})
