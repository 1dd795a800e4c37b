import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hash } from '@node-rs/argon2'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { orderLines, orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cancelForBuyer, expireOrder } from '../../shop/orders/index.ts'
import { probe } from '../../testing/faces.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { NO_ADDRESS } from './forget-address.ts'
import { forgetEndedOrders } from './forget-visits.ts'
import { visitsOf } from './my-addresses.ts'

const PASSWORD = 'a password that is long'
type Headers = Record<string, string>

/** The files of an export, unpacked by a program of others. */
async function exported(t: TestApp, headers: Headers): Promise<Record<string, string>> {
  const answer = await t.app.inject({ url: '/api/me/export', headers })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip'])
  expect(answer.headers['cache-control']).toBe('no-store')
  const folder = await mkdtemp(join(tmpdir(), 'pix-export-'))
  await writeFile(join(folder, 'a.zip'), answer.rawPayload)
  await promisify(execFile)('unzip', ['-q', 'a.zip', '-d', 'out'], { cwd: folder })
  const files: Record<string, string> = {}
  for (const name of await readdir(join(folder, 'out'))) files[name] = await readFile(join(folder, 'out', name), 'utf8')
  await rm(folder, { recursive: true })
  return files
}

/** Opens the account by an identity of a provider, and holds it by an app. @returns the sealed secret */
async function addWaysIn(t: TestApp, userId: string, confirmedAt: Date | null = new Date()): Promise<Buffer> {
  const secret = seal(t.deps.settings.COLUMN_KEYS, secondFactors.secret, userId, 'JBSWY3DPEHPK3PXP')
  await t.db.insert(secondFactors).values({ userId, secret, confirmedAt })
  await t.db
    .insert(identities)
    .values({ id: t.deps.newId(), issuer: 'https://provider.example', subject: 'subject-1', userId })
  return secret
}

/** A visitor with a search, a cart and a paid order. */
async function visit(t: TestApp, userId?: string) {
  const [event, photographer, visitor] = [await t.event(), await t.user('photographer'), await t.visitor()]
  const [bought, wanted] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  const headers: Headers = visitor.headers
  if (userId !== undefined) await t.signIn(visitor.sessionId, userId)
  await probe(t, visitor, event.id)
  await t.app.inject({ method: 'POST', url: '/api/cart/items', headers, payload: { photoIds: [wanted.id] } })
  const orderId = await addPaidOrder(t.db, visitor.sessionId, [bought])
  return { event, photographer, visitor, headers, bought, wanted, orderId }
}

test('an export holds what is kept about this person, in JSON and on a page, and nothing of another', async () => {
  await using t = await testApp()
  const user = await t.user('photographer', { name: 'Somsri', passwordHash: await hash(PASSWORD) })
  const mine = await visit(t, user.id)
  const other = await visit(t)
  const upload = await t.photo(mine.event.id, user.id, { fileName: 'mine.jpg' })
  const device = {
    familyId: t.deps.newId(),
    tokenHash: 'hash-of-a-token',
    device: 'My phone',
    expiresAt: new Date('2099-01-01'),
  }
  await t.db.insert(refreshTokens).values({ id: t.deps.newId(), userId: user.id, ...device })
  const secret = await addWaysIn(t, user.id)

  const files = await exported(t, mine.headers)

  const rows = (name: string) => JSON.parse(files[`${name}.json`]!) as Record<string, unknown>[]
  expect(rows('account')).toMatchObject([{ id: user.id, email: user.email, hasPassword: true }])
  expect(rows('orders')).toMatchObject([{ id: mine.orderId, lines: [{ photoId: mine.bought.id }] }])
  expect(rows('searches')).toMatchObject([{ eventId: mine.event.id }])
  expect(rows('cart')).toMatchObject([{ photoId: mine.wanted.id }])
  expect(rows('consents')).toMatchObject([{ purpose: 'face_search', eventId: mine.event.id, standing: true }])
  expect(rows('uploads')).toMatchObject([{ id: upload.id, fileName: 'mine.jpg' }])
  expect(rows('devices').map(row => row.device)).toEqual(['', 'My phone'])
  expect(rows('second-factor')).toMatchObject([{ confirmedAt: expect.any(String) }])
  expect(rows('providers')).toMatchObject([{ issuer: 'https://provider.example', subject: 'subject-1' }])
  for (const said of ['Somsri', 'ยินยอมให้เก็บไว้', 'a face that you agreed to keep'])
    expect(files['read-me.html']).toContain(said)
  const all = Object.values(files).join('\n')
  for (const strange of [
    other.orderId,
    other.event.id,
    other.bought.id,
    other.visitor.sessionId,
    other.photographer.email,
  ])
    expect(all).not.toContain(strange)
  const secrets = ['argon2id', device.tokenHash, mine.visitor.sessionId, 'JBSWY3DPEHPK3PXP', secret.toString('base64')]
  for (const kept of secrets) expect(all).not.toContain(kept)

  const guest = await exported(t, other.visitor.headers)
  expect(Object.keys(guest)).not.toContain('account.json')
  expect(JSON.parse(guest['orders.json']!)).toMatchObject([{ id: other.orderId }])
})

test('a guest who deletes their data loses searches, cart and consents at once, and keeps what was bought', async () => {
  await using t = await testApp()
  const mine = await visit(t)
  const other = await visit(t)
  const answer = await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers: mine.headers })

  expect(answer.statusCode).toBe(204)
  expect((await t.db.select().from(searches)).map(({ sessionId }) => sessionId)).toEqual([other.visitor.sessionId])
  expect((await t.db.select().from(carts)).map(({ sessionId }) => sessionId)).toEqual([other.visitor.sessionId])
  const { lines } = (await t.app.inject({ url: '/api/me/consents', headers: mine.headers })).json()
  expect(lines.filter(({ standing }: { standing: boolean }) => standing)).toEqual([])
  const order = await t.app.inject({ url: `/api/orders/${mine.orderId}`, headers: mine.headers })
  expect(order.statusCode).toBe(200)

  const browser = await t.visitor()
  await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers: browser.headers })
  expect(await t.db.select().from(sessions).where(eq(sessions.id, browser.sessionId))).toEqual([])
})

test('a deleted account is gone within the request: nobody signs in, no name stays, what was sold does', async () => {
  await using t = await testApp()
  const user = await t.user('photographer', { name: 'Somsri', passwordHash: await hash(PASSWORD) })
  await addWaysIn(t, user.id, null)
  const event = await t.event()
  const [sold, unsold] = [await t.photo(event.id, user.id), await t.photo(event.id, user.id)]
  for (const { id } of [sold, unsold])
    await t.storage.put(MAIN_BUCKET, originalKey(event.id, id, 'jpg'), Buffer.from('x'), { contentType: 'image/jpeg' })
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])
  const ask = (password: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/me/deletion',
      headers: user.headers,
      payload: { password, locale: 'en' },
    })

  expect((await ask('not the password')).json().code).toBe('wrong_password')
  expect((await ask(PASSWORD)).statusCode).toBe(204)

  const [row] = await t.db.select().from(users).where(eq(users.id, user.id))
  expect(row).toMatchObject({ name: '', email: `${user.id}@deleted.invalid`, passwordHash: null })
  expect((await t.app.inject({ url: '/api/auth/me', headers: user.headers })).statusCode).toBe(401)
  expect((await t.db.select().from(photos)).map(({ id }) => id)).toEqual([sold.id])
  expect(await t.storage.exists(MAIN_BUCKET, originalKey(event.id, unsold.id, 'jpg'))).toBe(false)
  expect(await t.storage.exists(MAIN_BUCKET, originalKey(event.id, sold.id, 'jpg'))).toBe(true)
  expect(await t.db.$count(orders)).toBe(1)
  expect(await t.db.select().from(orderLines)).toMatchObject([{ photographerId: user.id }])
  expect([await t.db.$count(secondFactors), await t.db.$count(identities)]).toEqual([0, 0])
  const lines = await t.db.select().from(auditEvents)
  expect(lines).toMatchObject([{ action: 'account.delete', subject: `user:${user.id}`, actorId: user.id }])
  expect((await t.user('customer', { email: user.email })).email).toBe(user.email)
})

/** The address of orders that `addPaidOrder` makes. */
const BOUGHT_WITH = 'buyer@test.example'

/** A browser that gave the code mailed for an order. */
async function openElsewhere(t: TestApp, orderId: string) {
  const { sessionId, headers } = await t.visitor()
  const until = new Date(Date.now() + 86_400_000)
  await t.db.insert(orderAccess).values({ orderId, sessionId, grantedAt: t.deps.now(), until })
  return headers
}

const signOut = (t: TestApp, sessionId: string) =>
  t.db.update(sessions).set({ userId: null, familyId: null }).where(eq(sessions.id, sessionId))

/** Tax data of two orders of a visit: of the paid one, and of one that waits for its money. @returns that one's id */
async function addTaxData(t: TestApp, { orderId, visitor, wanted }: Awaited<ReturnType<typeof visit>>) {
  const waiting = await addPaidOrder(t.db, visitor.sessionId, [wanted])
  const open = { status: 'awaiting_payment', paidAt: null, fulfilledAt: null } as const
  await t.db.update(orders).set(open).where(eq(orders.id, waiting))
  const details = seal(t.deps.settings.COLUMN_KEYS, orderTaxData.details, orderId, '{}')
  await t.db.insert(orderTaxData).values([orderId, waiting].map(id => ({ orderId: id, details })))
  return waiting
}

const taxedOrders = async (t: TestApp) =>
  (await t.db.select({ id: orderTaxData.orderId }).from(orderTaxData).orderBy(asc(orderTaxData.orderId))).map(
    ({ id }) => id,
  )

const deleteOwn = (t: TestApp, headers: Headers) =>
  t.app.inject({ method: 'POST', url: '/api/me/deletion', headers, payload: { password: PASSWORD, locale: 'en' } })

test('what somebody did while signed in stays theirs after the sign-out, also when somebody else reads the mail of their order', async () => {
  await using t = await testApp()
  const user = await t.user('customer')
  const signedIn = await visit(t, user.id)
  await signOut(t, signedIn.visitor.sessionId)
  const headers = await openElsewhere(t, signedIn.orderId)
  const files = await exported(t, headers)
  expect([files['searches.json'], files['consents.json']]).toEqual(['[]', '[]'])
  const payload = { orderId: signedIn.orderId }
  const answer = await t.app.inject({ method: 'POST', url: '/api/me/addresses/deletion', headers, payload })
  expect(answer.statusCode).toBe(204)
  expect(await t.db.$count(searches)).toBe(1)

  const byAccount = await t.visitor()
  const placed = await addPaidOrder(t.db, byAccount.sessionId, [signedIn.bought])
  expect(await visitsOf(t.deps, [BOUGHT_WITH])).toEqual([byAccount.sessionId])
  await t.db.update(orders).set({ userId: user.id }).where(eq(orders.id, placed))
  expect(await visitsOf(t.deps, [BOUGHT_WITH])).toEqual([])
})

test('a deleted visit keeps whom an order that waits for its money is made out to, and nothing of what was asked', async () => {
  await using t = await testApp()
  const mine = await visit(t)
  const waiting = await addTaxData(t, mine)
  const [id, askedAt] = [t.deps.newId(), t.deps.now()]
  await t.db.insert(takedowns).values({ id, photoId: mine.bought.id, openedAt: askedAt })
  const asked = { reason: 'me', statement: 'That is me.', email: BOUGHT_WITH, locale: 'en', askedAt } as const
  const of = { takedownId: id, number: 'TD-1', sessionId: mine.visitor.sessionId }
  await t.db.insert(takedownRequests).values({ id, ...of, ...asked })

  await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers: mine.headers })

  expect(await taxedOrders(t)).toEqual([waiting])
  const forgotten = { sessionId: null, statement: null, email: null, erasedAt: expect.any(Date) }
  expect(await t.db.select().from(takedownRequests)).toMatchObject([forgotten])
})

test('an account deletes the guest visits and tax data of its address once that is verified, and never before; an order that waited for its money loses both when it ends unpaid', async () => {
  await using t = await testApp()
  const guest = await visit(t)
  const waiting = await addTaxData(t, guest)
  const made = { email: BOUGHT_WITH, passwordHash: await hash(PASSWORD) }
  const stranger = await t.user('customer', { ...made, emailVerifiedAt: null })
  expect((await deleteOwn(t, stranger.headers)).statusCode).toBe(204)
  expect(await taxedOrders(t)).toEqual([guest.orderId, waiting].toSorted())
  expect([await t.db.$count(searches), await t.db.$count(carts)]).toEqual([1, 1])

  const reader = await t.user('customer', made)
  expect((await deleteOwn(t, reader.headers)).statusCode).toBe(204)
  expect(await taxedOrders(t)).toEqual([waiting])
  const addressOf = async (id: string) => (await t.db.select().from(orders).where(eq(orders.id, id)))[0]!.email
  await forgetEndedOrders(t.system)
  expect([await addressOf(waiting), await addressOf(guest.orderId)]).toEqual([BOUGHT_WITH, BOUGHT_WITH])
  expect(await expireOrder(t.system, waiting)).toBe(true)
  await forgetEndedOrders(t.system)
  expect([await addressOf(waiting), await addressOf(guest.orderId)]).toEqual([NO_ADDRESS, BOUGHT_WITH])
  expect(await taxedOrders(t)).toEqual([])
  expect([await t.db.$count(searches), await t.db.$count(carts)]).toEqual([0, 0])
  const { lines } = (await t.app.inject({ url: '/api/me/consents', headers: guest.headers })).json()
  expect(lines.filter(({ standing }: { standing: boolean }) => standing)).toEqual([])
})

test('what somebody searched for while signed in goes with the account after the sign-out, and so do the name of an organizer and the note of an order that our people cancel; a deleted account gets no cart', async () => {
  await using t = await testApp()
  const user = await t.user('organizer', { name: 'Somsri', passwordHash: await hash(PASSWORD) })
  const [signedIn, other] = [await visit(t, user.id), await visit(t)]
  const waiting = await addTaxData(t, signedIn)
  await t.db.update(orders).set({ userId: user.id }).where(eq(orders.id, waiting))
  await signOut(t, signedIn.visitor.sessionId)
  expect((await deleteOwn(t, user.headers)).statusCode).toBe(204)
  expect((await t.db.select().from(searches)).map(({ sessionId }) => sessionId)).toEqual([other.visitor.sessionId])
  expect(await t.db.select().from(organizers)).toMatchObject([{ name: '', userId: null }])

  const cancel = { reason: 'asked', note: 'Somsri called us' } as const
  await t.db.transaction(tx => cancelForBuyer(t.system, tx, waiting, cancel))
  await forgetEndedOrders(t.system)
  const [order] = await t.db.select().from(orders).where(eq(orders.id, waiting))
  expect(order).toMatchObject({ status: 'cancelled', email: NO_ADDRESS, cancelNote: null })
  expect(await t.db.$count(carts, eq(carts.userId, user.id))).toBe(0)
})
