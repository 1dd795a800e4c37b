import { hash } from '@node-rs/argon2'
import { newId } from '@pix/db/ids.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq, isNotNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '@pix/db/tenant.ts'
import { probe } from '../../testing/faces.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { collectExport } from './collect-export.ts'
import { PERSONAL_COLUMNS } from './personal-columns.ts'

const EMAIL = 'buyer@test.example'
const PASSWORD = 'a password that is long'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())

/** Columns that refer to users or sessions, directly or by a row that is a user's, and those that are named like it, or like what people write about each other. */
async function columnsOfPeople(): Promise<string[]> {
  const { rows } = await t.db.execute<{ name: string }>(sql`
    select c.relname || '.' || a.attname as name
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where a.attnum > 0 and not a.attisdropped and (
      a.attname ~ '(^|_)(email|recipient|address|ip|device|network|note|statement)$'
      or a.attname in ('user_id', 'session_id', 'actor_id', 'owner_id')
      or exists (
        select from pg_constraint f
        where f.contype = 'f' and f.conrelid = c.oid and a.attnum = any(f.conkey)
          and f.confrelid in ('users'::regclass, 'sessions'::regclass)))
    order by 1`)
  return rows.map(({ name }) => name)
}

/** What was written to an address, asked with it, and refused by it. */
async function addRequests(email: string, sessionId: string | null, photoId: string, eventId: string) {
  const [at, id] = [t.deps.now(), t.deps.newId]
  const letter = { template: 'test_letter', locale: 'en', facts: {}, recipient: email } as const
  await t.db.insert(outgoingMail).values({ id: id(), ...letter, dedupeKey: id(), sentAt: at, nextTryAt: null })
  await t.db.insert(suppressedAddresses).values({ address: email, reason: 'no such user', suppressedAt: at })
  const takedownId = id()
  await t.db.insert(takedowns).values({ id: takedownId, photoId, openedAt: at })
  const asked = { reason: 'me', statement: 'That is me.', email, locale: 'en', askedAt: at } as const
  await t.db.insert(takedownRequests).values({ id: id(), takedownId, number: `TD-${takedownId}`, sessionId, ...asked })
  const objection = { id: id(), eventId, searchId: id(), kind: 'hide', locale: 'en', faceCount: 0 } as const
  const alert = { id: id(), eventId, email, locale: 'en', linkHash: id(), askedAt: at, confirmedAt: at }
  await t.db.insert(eventAlerts).values(alert)
  const ofFace = { searchId: id(), searchedAt: at, consentId: id(), sessionId }
  await t.db.insert(eventAlerts).values({ ...alert, ...ofFace, id: id(), linkHash: id() })
  await t.db.insert(objections).values({ ...objection, email, askedAt: at })
}

/** A login for a camera, and a file that it sent. */
async function addCamera(photographerId: string, eventId: string) {
  const [loginId, createdAt] = [newId(), t.deps.now()]
  await t.db
    .insert(cameraLogins)
    .values({ id: loginId, eventId, photographerId, userName: 'cam-abcdefgh', passwordHash: 'x', createdAt })
  await t.db
    .insert(cameraFiles)
    .values({ id: newId(), loginId, fileName: 'a.jpg', claimedAt: createdAt, outcome: 'refused', code: 'empty_file' })
}

/** A guest's purchase with all that goes with it, and a browser elsewhere that gave the code of its letter. */
async function openedElsewhere() {
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  const [there, here] = [await t.visitor(), await t.visitor()]
  const [bought, wanted] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  await probe(t, there, event.id)
  const cart = { photoIds: [wanted.id] }
  await t.app.inject({ method: 'POST', url: '/api/cart/items', headers: there.headers, payload: cart })
  const orderId = await addPaidOrder(t.db, there.sessionId, [bought])
  await addRequests(EMAIL, there.sessionId, wanted.id, event.id)
  const until = new Date(Date.now() + 86_400_000)
  await t.db.insert(orderAccess).values({ orderId, sessionId: here.sessionId, grantedAt: t.deps.now(), until })
  return { event, there, here, orderId }
}

const guestFiles = async (sessionId: string) => {
  const buyer = { sessionId, since: t.deps.now(), network: '', userId: null, email: null }
  return collectExport({ ...asSystem(t.deps), buyer })
}

test('every column that names a person is in an export and in a deletion, or it is said why not', async () => {
  expect(Object.keys(PERSONAL_COLUMNS)).toEqual(await columnsOfPeople())
  const unsaid = Object.values(PERSONAL_COLUMNS).filter(({ file, goes, why }) => (file === null || !goes) && !why)
  expect(unsaid).toEqual([])
})

test('an account’s export has every file that a column is said to be in, and its deletion leaves the id where it is said', async () => {
  const user = await t.user('photographer', { passwordHash: await hash(PASSWORD), emailVerifiedAt: t.deps.now() })
  const visitor = await t.visitor()
  await t.signIn(visitor.sessionId, user.id)
  const [event, photo] = [await t.event(), await t.photo((await t.event()).id, user.id)]
  await addRequests(user.email, visitor.sessionId, photo.id, event.id)
  await t.db.update(eventAlerts).set({ userId: user.id }).where(isNotNull(eventAlerts.searchId))
  await addCamera(user.id, event.id)
  const buyer = { sessionId: visitor.sessionId, since: t.deps.now(), network: '', userId: user.id, email: user.email }
  const files = await collectExport({ ...asSystem(t.deps), buyer })
  const named = new Set(Object.values(PERSONAL_COLUMNS).flatMap(({ file }) => file ?? []))
  expect([...named].filter(file => !(file in files))).toEqual([])
  const ofOne = ['letters', 'refused-addresses', 'takedowns', 'objections', 'devices', 'browsers']
  for (const file of [...ofOne, 'camera-logins', 'camera-files']) expect([file, files[file]!.length]).toEqual([file, 1])

  expect(files['event-alerts']).toMatchObject([{ ofFace: false }, { ofFace: true }])

  const payload = { password: PASSWORD, locale: 'th' }
  const answer = await t.app.inject({ method: 'POST', url: '/api/me/deletion', headers: user.headers, payload })
  expect(answer.statusCode).toBe(204)
  const left: string[] = []
  for (const [name, { goes }] of Object.entries(PERSONAL_COLUMNS)) {
    const [table, column] = name.split('.') as [string, string]
    const holds = sql`select 1 from ${sql.identifier(table)} where ${sql.identifier(column)}::text in (${user.id}, ${user.email}) limit 1`
    if (goes && (await t.db.execute(holds)).rows.length > 0) left.push(name)
  }
  // The letter that says so waits to be sent.
  expect(left).toEqual(['outgoing_mail.recipient'])
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, user.email))
  expect(letters).toMatchObject([{ template: 'data_deleted', locale: 'th' }])
})

test('who opened an order by its mailed code exports what belongs to its address and visit, and nobody else does', async () => {
  const { event, there, here, orderId } = await openedElsewhere()
  const files = await guestFiles(here.sessionId)
  expect(files).toMatchObject({
    orders: [{ id: orderId, email: EMAIL }],
    searches: [{ eventId: event.id }],
    consents: [{ purpose: 'face_search', eventId: event.id }],
    letters: [{ recipient: EMAIL }],
    takedowns: [{ statement: 'That is me.' }],
    objections: [{ event: { id: event.id } }],
    'opened-orders': [{ orderId }],
  })
  expect(files.cart).toHaveLength(1)
  // The paying browser has not shown that it reads the mail of an address that anybody may type.
  expect((await guestFiles(there.sessionId)).letters).toEqual([])
  await t.db.delete(orderAccess)
  expect(await guestFiles(here.sessionId)).toMatchObject({
    orders: [],
    searches: [],
    consents: [],
    letters: [],
    takedowns: [],
  })
  for (const table of [suppressedAddresses, outgoingMail]) await t.db.delete(table)
})

test('who opened an order by its mailed code deletes what belongs to its address and visit; the order stays, and a letter says so', async () => {
  const { there, here, orderId } = await openedElsewhere()
  const get = (url: string, headers = here.headers) => t.app.inject({ url, headers })
  expect((await get('/api/me/addresses')).json()).toEqual({ items: [{ orderId, email: 'b•••@test.example' }] })
  expect((await get('/api/me/addresses', there.headers)).json()).toEqual({ items: [] })
  const remove = (headers: Record<string, string>) =>
    t.app.inject({ method: 'POST', url: '/api/me/addresses/deletion', headers, payload: { orderId } })
  expect((await remove(there.headers)).statusCode).toBe(404)
  expect((await remove((await t.visitor()).headers)).statusCode).toBe(404)

  expect((await remove(here.headers)).statusCode).toBe(204)
  const ofVisit = await t.db.$count(searches, eq(searches.sessionId, there.sessionId))
  expect([ofVisit, await t.db.$count(carts, eq(carts.sessionId, there.sessionId))]).toEqual([0, 0])
  expect(await t.db.$count(suppressedAddresses)).toBe(0)
  expect(await t.db.$count(takedownRequests, eq(takedownRequests.email, EMAIL))).toBe(0)
  expect(await t.db.$count(objections, eq(objections.email, EMAIL))).toBe(0)
  const consents = (await get('/api/me/consents', there.headers)).json().lines as { standing: boolean }[]
  expect(consents.filter(({ standing }) => standing)).toEqual([])
  expect(await t.db.select().from(orders).where(eq(orders.id, orderId))).toMatchObject([{ email: EMAIL }])
  expect((await get(`/api/orders/${orderId}`)).statusCode).toBe(200)
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, EMAIL))
  expect(letters).toMatchObject([{ template: 'data_deleted', sentAt: null }])
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'guest.delete'))
  expect(lines).toMatchObject([{ subject: `order:${orderId}`, actorId: null }])
})
