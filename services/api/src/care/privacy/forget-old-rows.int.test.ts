import { accountTokens, knownDevices, loginFailures, refreshTokens, sessions } from '@pix/db/schema/auth.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { idempotencyKeys } from '@pix/db/schema/idempotency.ts'
import { secondFactors, signInChallenges } from '@pix/db/schema/second-factors.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { orderCodes } from '@pix/db/schema/orders.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { insertInvitation } from '../../testing/invitations.ts'
import { forgetOldRows } from './forget-old-rows.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { addSearch } from '../../testing/add-search.ts'
import { testApp } from '../../testing/test-app.ts'

test('first answers go after a day, failures when they have faded, sign-ins without their code when they have ended, tokens and sessions some time after their end, and nothing sooner', async () => {
  await using t = await testApp()
  const visitor = await t.visitor()
  const user = await t.user('customer')
  const id = t.deps.newId
  await t.db.insert(idempotencyKeys).values({ id: id(), scope: 's', key: 'k', requestHash: 'h' })
  const token = { id: id(), userId: user.id, familyId: id(), tokenHash: 'h', device: '' }
  await t.db.insert(refreshTokens).values({ ...token, expiresAt: new Date(Date.now() + 30 * 86_400_000) })
  await t.db.insert(loginFailures).values({ key: 'k', fadesAt: new Date(Date.now() + 24 * 3_600_000) })
  const letter = { id: id(), purpose: 'reset_password', tokenHash: 'h', userId: user.id, address: user.email } as const
  await t.db.insert(accountTokens).values({ ...letter, expiresAt: new Date(Date.now() + 3_600_000) })
  await t.db.insert(knownDevices).values({ userId: user.id, tokenHash: 'h', lastSignInAt: new Date() })
  const secret = seal(t.deps.settings.COLUMN_KEYS, secondFactors.secret, user.id, 'JBSWY3DPEHPK3PXP')
  await t.db.insert(secondFactors).values({ userId: user.id, secret })
  const waiting = { tokenHash: 'h', userId: user.id, sessionVersion: 1 }
  await t.db.insert(signInChallenges).values({ ...waiting, expiresAt: new Date(Date.now() + 24 * 3_600_000) })
  const left = async () => {
    await forgetOldRows(t.system)
    const answered = [idempotencyKeys, loginFailures, signInChallenges] as const
    const tables = [...answered, sessions, refreshTokens, accountTokens, knownDevices] as const
    const rows = []
    for (const table of tables) rows.push((await t.db.select().from(table)).length)
    return rows
  }

  expect(visitor.sessionId).toBeTruthy()
  t.forward(23 * 3_600_000)
  expect(await left()).toEqual([1, 1, 1, 1, 1, 1, 1])
  t.forward(2 * 3_600_000)
  expect(await left()).toEqual([0, 0, 0, 1, 1, 1, 1])
  t.forward(31 * 86_400_000)
  expect(await left()).toEqual([0, 0, 0, 0, 1, 0, 1])
  t.forward(7 * 86_400_000)
  expect(await left()).toEqual([0, 0, 0, 0, 0, 0, 1])
  t.forward(400 * 86_400_000)
  expect(await left()).toEqual([0, 0, 0, 0, 0, 0, 0])
})

test('codes of orders go after an hour, and what they opened once the downloads end', async () => {
  await using t = await testApp()
  const [event, photographer, visitor] = [await t.event(), await t.user('photographer'), await t.visitor()]
  const orderId = await addPaidOrder(t.db, visitor.sessionId, [await t.photo(event.id, photographer.id)])
  const [at, id] = [t.deps.now(), t.deps.newId()]
  await t.db.insert(orderCodes).values({ id, orderId, codeHash: 'h', expiresAt: at })
  const until = new Date(at.getTime() + 2 * 3_600_000)
  await t.db.insert(orderAccess).values({ orderId, sessionId: visitor.sessionId, grantedAt: at, until })
  const left = async () => {
    await forgetOldRows(t.system)
    return [await t.db.$count(orderCodes), await t.db.$count(orderAccess)]
  }
  expect(await left()).toEqual([1, 1])
  t.forward(3_600_000 + 1)
  expect(await left()).toEqual([0, 1])
  t.forward(3_600_000)
  expect(await left()).toEqual([0, 0])
})

test('an invitation is forgotten with its address 30 days after its end, accepted or not', async () => {
  await using t = await testApp()
  const { id: studioId } = await t.studio()
  await insertInvitation(t, { studioId, email: 'invited@test.example' })
  const left = async () => {
    await forgetOldRows(t.system)
    return t.db.$count(studioInvitations)
  }
  t.forward(36 * 86_400_000)
  expect(await left()).toBe(1)
  t.forward(2 * 86_400_000)
  expect(await left()).toBe(0)
})

test('a letter goes so many days after it was sent or given up as the setting says, and one that waits stays', async () => {
  await using t = await testApp({ settings: { LETTERS_KEPT_DAYS: '20' } })
  const letter = { template: 'test_letter', locale: 'en', recipient: 'a@test.example', facts: {} } as const
  const add = (dedupeKey: string, ended: object) =>
    t.db.insert(outgoingMail).values({ id: t.deps.newId(), ...letter, dedupeKey, ...ended })
  const at = t.deps.now()
  await add('sent', { sentAt: at, nextTryAt: null })
  await add('given up', { givenUp: 'refused', givenUpAt: at, nextTryAt: null })
  await add('waits', {})
  const left = async () => {
    await forgetOldRows(t.system)
    return t.db.$count(outgoingMail)
  }
  t.forward(20 * 86_400_000 - 60_000)
  expect(await left()).toBe(3)
  t.forward(120_000)
  expect(await left()).toBe(1)
})

test('what an account searched in a session that has ended is kept as long as results are', async () => {
  await using t = await testApp()
  const [event, user] = [await t.event(), await t.user('customer')]
  const ended = { expiresAt: new Date(t.deps.now().getTime() - 1_000) }
  const searchOf = async (userId: string | null) => {
    const { sessionId } = await t.visitor()
    const id = await addSearch(t, { sessionId, eventId: event.id, photoIds: [], band: 'sure', userId })
    await t.db.update(sessions).set(ended).where(eq(sessions.id, sessionId))
    return { id, sessionId }
  }
  const [ofAccount] = [await searchOf(user.id), await searchOf(null)]

  await forgetOldRows(t.system)
  expect(await t.db.select({ id: searches.id }).from(searches)).toEqual([{ id: ofAccount.id }])
  await t.db.delete(searches)
  await forgetOldRows(t.system)
  expect(await t.db.$count(sessions, eq(sessions.id, ofAccount.sessionId))).toBe(0)
})
