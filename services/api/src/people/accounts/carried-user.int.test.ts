import { orders } from '@pix/db/schema/orders.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { isNotNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { TEST_ORIGIN, testApp } from '../../testing/test-app.ts'
import { hashPassword } from './passwords.ts'

const PASSWORD = 'correct horse battery'

/** Somebody whose order was placed as a guest elsewhere: the session that carries them sees it. */
async function scene() {
  const t = await testApp()
  const event = await t.event()
  const photo = await t.photo(event.id, (await t.user('photographer')).id)
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [photo])
  const [{ email }] = (await t.db.select({ email: orders.email }).from(orders)) as [{ email: string }]
  await t.user('customer', { email, emailVerifiedAt: t.deps.now(), passwordHash: await hashPassword(PASSWORD) })
  /** @returns the cookies that were set */
  const send = async (url: string, cookies: Record<string, string>, payload: object = {}) => {
    const answer = await t.app.inject({ method: 'POST', url, payload, cookies, headers: { origin: TEST_ORIGIN } })
    return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
  }
  const login = (cookies: Record<string, string>) => send('/api/auth/login', cookies, { email, password: PASSWORD })
  const orderCount = async ({ pix_session }: Record<string, string>) =>
    (await t.app.inject({ url: '/api/orders', cookies: { pix_session: pix_session! } })).json().items.length as number
  return Object.assign(t, { send, login, orderCount })
}

test('a session carries its user from sign-in to sign-out', async () => {
  await using t = await scene()
  const guest = await t.send('/api/cart/clear', {})
  expect(await t.orderCount(guest)).toBe(0)
  const signedIn = await t.login(guest)
  expect([await t.orderCount(signedIn), await t.orderCount(guest)]).toEqual([1, 0])
  await t.send('/api/auth/logout', signedIn)
  expect(await t.orderCount(signedIn)).toBe(0)
  expect((await t.db.select().from(sessions)).filter(({ userId }) => userId !== null)).toEqual([])
})

test('a session from before a sign-in was renewed is taken up by the refresh, once, and its old cookie opens nothing', async () => {
  await using t = await scene()
  const signedIn = await t.login({})
  const guest = await t.send('/api/cart/clear', {})
  const renewed = await t.send('/api/auth/refresh', { ...signedIn, ...guest })
  expect([await t.orderCount(guest), await t.orderCount(renewed)]).toEqual([0, 1])
  expect(Object.keys(await t.send('/api/auth/refresh', renewed))).not.toContain('pix_session')
  expect(await t.orderCount(renewed)).toBe(1)
})

test('a refresh begins no session, and signing in as somebody else ends the session and begins one of their own', async () => {
  await using t = await scene()
  const other = await t.user('customer', { passwordHash: await hashPassword(PASSWORD) })
  const signedIn = await t.login({})
  const { pix_refresh } = signedIn
  expect(Object.keys(await t.send('/api/auth/refresh', { pix_refresh: pix_refresh! }))).not.toContain('pix_session')
  const body = { email: other.email, password: PASSWORD }
  const [before] = await t.db.select().from(sessions).where(isNotNull(sessions.userId))
  const theirs = await t.send('/api/auth/login', { pix_session: signedIn['pix_session']! }, body)
  expect([await t.orderCount(signedIn), await t.orderCount(theirs)]).toEqual([0, 0])
  const carried = await t.db.select().from(sessions).where(isNotNull(sessions.userId))
  expect(carried).toMatchObject([{ userId: other.id }])
  expect(carried[0]!.id).not.toBe(before!.id)
})
