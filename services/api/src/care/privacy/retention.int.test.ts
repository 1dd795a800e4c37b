import { auditEvents } from '@pix/db/schema/audit.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { objectorKey } from '@pix/jobs/faces.ts'
import { indexSnapshotPrefix, originalKey, selfieKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { RetentionSettings } from '@pix/platform/settings.ts'
import { BUCKETS, listAll, MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { photoWithFace, probe } from '../../testing/faces.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { forgetOldFaces } from './forget-faces.ts'
import { removeEvents } from './remove-events.ts'

const DAY = 86_400_000
/** Figures that the notice states and nobody may set. */
const {
  snapshotHours: _,
  uploadHours: __,
  resumableHours: ___,
  deletionLogDays: ____,
  unconfirmedDays: _____,
  ...KEPT_FACTS
} = KEPT
const endedAgo = (days: number) => {
  const endsAt = new Date(Date.now() - days * DAY)
  return { startsAt: endsAt, endsAt }
}

const put = (t: TestApp, bucket: typeof MAIN_BUCKET | typeof VANISHING_BUCKET, key: string) =>
  t.storage.put(bucket, key, Buffer.from('x'), { contentType: 'application/octet-stream' })

async function store(t: TestApp, eventId: string, photoId: string) {
  await put(t, MAIN_BUCKET, originalKey(eventId, photoId, 'jpg'))
  await put(t, MAIN_BUCKET, thumbnailKey(eventId, 'small', photoId))
}

const objectsOf = async (t: TestApp, eventId: string) =>
  (await listAll(t.storage, MAIN_BUCKET, `events/${eventId}/`)).map(({ key }) => key)

test('the faces of an event and its index go a year after it, or on its own date, and others stay', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const old = await t.event(endedAgo(366))
  const dated = await t.event({ ...endedAgo(2), facesUntil: new Date(Date.now() - 1_000) })
  const longer = await t.event({ ...endedAgo(400), facesUntil: new Date(Date.now() + DAY) })
  const young = await t.event(endedAgo(364))
  const all = [old, dated, longer, young]
  for (const event of all) {
    await photoWithFace(t, event.id, photographer.id)
    await put(t, VANISHING_BUCKET, `${indexSnapshotPrefix(event.id)}m1.bin`)
  }

  await forgetOldFaces(t.system)

  const left = await t.db.selectDistinct({ id: faces.eventId }).from(faces)
  expect(left.map(({ id }) => id).toSorted()).toEqual([longer.id, young.id].toSorted())
  expect((await listAll(t.storage, VANISHING_BUCKET, 'faces/index/')).length).toBe(2)
  const [gone] = await t.db.select().from(events).where(eq(events.id, old.id))
  expect(gone!.indexRevision).toBeGreaterThan(old.indexRevision)
  const visitor = await t.visitor()
  expect((await probe(t, visitor, old.id)).json().code).toBe('face_search_off')
})

const deleteEvent = (t: TestApp, id: string, { headers }: { headers: Record<string, string> }) =>
  t.app.inject({ method: 'DELETE', url: `/api/events/${id}`, headers })

/**
 * Where in the stores something names one of these ids: tables, keys of Redis, objects. Every one of them is listed, but
 * for jobs: no worker takes them here, and they hold ids alone.
 */
async function whereNamed(t: TestApp, ids: readonly string[]): Promise<string[]> {
  const named = new RegExp(ids.join('|'))
  const { rows: tables } = await t.db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const isNamed = sql`select 1 from ${sql.identifier(name)} row where row::text ~ ${named.source} limit 1`
    if ((await t.db.execute(isNamed)).rows.length > 0) found.push(name)
  }
  for (const key of await t.deps.redis.keys('*'))
    if (named.test(key) && !key.startsWith('bull:')) found.push(`redis ${key}`)
  for (const bucket of BUCKETS)
    for (const { key } of await listAll(t.storage, bucket, '')) if (named.test(key)) found.push(`object ${key}`)
  return found
}

test('a deleted event really goes: no table, key or object names it but the audit, the ledger of consents and the deletion log', async () => {
  await using t = await testApp()
  const [admin, photographer, visitor] = [await t.user('admin'), await t.user('photographer'), await t.visitor()]
  const [event, other] = [await t.event(), await t.event()]
  const ids: string[] = []
  for (const { id } of [event, other]) {
    await t.invite(id, photographer.id)
    const { photo } = await photoWithFace(t, id, photographer.id)
    const { id: searchId } = (await probe(t, visitor, id)).json()
    await put(t, VANISHING_BUCKET, selfieKey(searchId))
    await put(t, VANISHING_BUCKET, `${indexSnapshotPrefix(id)}m1.bin`)
    await t.deps.redis.hset(objectorKey(searchId), 'm1', 'x')
    const cart = { photoIds: [photo.id] }
    await t.app.inject({ method: 'POST', url: '/api/cart/items', headers: visitor.headers, payload: cart })
    await store(t, id, photo.id)
    if (id === event.id) ids.push(id, photo.id, searchId)
  }
  const before = await whereNamed(t, [other.id])

  expect((await deleteEvent(t, event.id, admin)).statusCode).toBe(204)
  await removeEvents(t.system)

  expect(await whereNamed(t, ids)).toEqual(['audit_events', 'consents', 'deletions'])
  expect(await whereNamed(t, [other.id])).toEqual(before)
  expect(before).toEqual(expect.arrayContaining(['cart_items', 'faces', 'event_photographers', 'searches']))
  expect(await t.db.select().from(auditEvents)).toMatchObject([{ action: 'event.delete', actorId: admin.id }])
})

test('a deleted event with a split rule of its own keeps its row, and one that cannot be deleted stops no other', async () => {
  await using t = await testApp()
  const admin = await t.user('admin')
  const owner = t.owner()
  const [ruled, stuck, other] = [await t.event(), await t.event(), await t.event()]
  const shares = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, startsAt: new Date('2026-01-01') }
  const rule = { id: t.deps.newId(), studioId: ruled.studioId, eventId: ruled.id, version: 1, ...shares }
  await t.db.insert(splitRules).values(rule)
  await owner.execute(sql`create table holds (event_id uuid references events)`)
  await owner.execute(sql`insert into holds values (${stuck.id})`)
  for (const { id } of [ruled, stuck, other]) await deleteEvent(t, id, admin)

  await removeEvents(t.system)

  const left = await t.db.select({ id: events.id }).from(events)
  expect(left.map(({ id }) => id).toSorted()).toEqual([ruled.id, stuck.id].toSorted())
  await owner.execute(sql`drop table holds`)
  await removeEvents(t.system)
  expect(await t.db.select({ id: events.id }).from(events)).toEqual([{ id: ruled.id }])
})

test('a deleted event is nobody’s to see, change or bring back, its books stay readable, and its address is free', async () => {
  await using t = await testApp()
  const [admin, photographer] = [await t.user('admin'), await t.user('photographer')]
  const event = await t.event()
  await t.invite(event.id, photographer.id)
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [await t.photo(event.id, photographer.id)])
  // One with paid orders is archived; it goes when its time is over.
  const refused = await deleteEvent(t, event.id, admin)
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'event_sold'])
  await t.db.update(events).set({ status: 'closed', keptUntil: new Date() }).where(eq(events.id, event.id))
  await removeEvents(t.system)
  const asked = async (url: string, who = admin) =>
    (await t.app.inject({ url: `/api/${url}`, headers: who.headers })).json()
  const back = { method: 'PUT', url: `/api/events/${event.id}/status`, headers: admin.headers } as const
  expect((await t.app.inject({ ...back, payload: { status: 'closed' } })).statusCode).toBe(404)
  expect((await deleteEvent(t, event.id, admin)).statusCode).toBe(404)
  expect((await asked(`events/${event.slug}`)).code).toBe('not_found')
  expect((await asked(`events/${event.slug}`, photographer)).code).toBe('not_found')
  expect((await asked('events?scope=crew', photographer)).items).toEqual([])
  expect((await asked('admin/events')).items).toEqual([])
  expect(await asked(`revenue/events/${event.id}`)).toMatchObject({ event: { id: event.id } })
  const next = await t.event({ slug: event.slug })
  expect((await asked(`events/${event.slug}`)).id).toBe(next.id)
})

test('an order that waits for its money keeps its photos from going with their event, until it is over', async () => {
  await using t = await testApp()
  const [admin, photographer, visitor] = [await t.user('admin'), await t.user('photographer'), await t.visitor()]
  const event = await t.event()
  const photo = await t.photo(event.id, photographer.id)
  await store(t, event.id, photo.id)
  const orderId = await addPaidOrder(t.db, visitor.sessionId, [photo])
  await t.db.delete(entitlements)
  await t.db.update(orders).set({ status: 'awaiting_payment', paidAt: null, fulfilledAt: null })
  await deleteEvent(t, event.id, admin)
  await removeEvents(t.system)
  expect(await objectsOf(t, event.id)).toHaveLength(2)
  await t.db.update(orders).set({ status: 'expired' }).where(eq(orders.id, orderId))
  await removeEvents(t.system)
  expect(await objectsOf(t, event.id)).toEqual([])
})

test('a photo that was sold outlives its event for its buyer, and loses its objects when downloads end', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event({ ...endedAgo(400), status: 'closed' })
  const [sold, unsold] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  for (const { id } of [sold, unsold]) await store(t, event.id, id)
  await t.db.update(photos).set({ latitude: 13.7, longitude: 100.5 })
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])

  await removeEvents(t.system)
  expect((await objectsOf(t, event.id)).every(key => key.includes(sold.id))).toBe(true)
  expect(await objectsOf(t, event.id)).toHaveLength(2)
  expect((await t.db.select().from(photos)).map(({ id }) => id)).toEqual([sold.id])

  await t.db.update(entitlements).set({ until: new Date(), from: new Date(0) })
  t.forward(1_000)
  await removeEvents(t.system)
  expect(await objectsOf(t, event.id)).toEqual([])
  expect(await t.db.select().from(photos)).toMatchObject([
    { id: sold.id, latitude: null, bytesGoneAt: expect.any(Date) },
  ])
})

test('what is still on sale, is young, or has a later date of its own stays', async () => {
  await using t = await testApp()
  const kept = [
    await t.event({ ...endedAgo(500), status: 'on_sale' }),
    await t.event({ ...endedAgo(300), status: 'closed' }),
    await t.event({ ...endedAgo(500), status: 'closed', keptUntil: new Date(Date.now() + DAY) }),
    await t.event({ ...endedAgo(500), status: 'closed', salesEnd: new Date(Date.now() - 10 * DAY) }),
  ]
  await t.event({ ...endedAgo(10), status: 'closed', keptUntil: new Date(Date.now() - 1_000) })
  await removeEvents(t.system)
  const left = await t.db.select({ id: events.id }).from(events)
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted())
})

test('the figures of the privacy notice are those of the settings, each of its own', async () => {
  const names = [...Object.keys(RetentionSettings.shape), 'DOWNLOAD_DAYS', 'SESSION_DAYS', 'REFRESH_DAYS']
  const days = names.map((name, n) => [name, String(41 + n)])
  await using t = await testApp({ settings: { ...Object.fromEntries(days), SELLER_NAME: 'A shop' } })
  const facts = (await t.app.inject({ url: '/api/privacy/facts' })).json()
  expect(facts).toMatchObject({
    seller: { name: 'A shop', contact: 'LINE @shop-test' },
    facesDays: t.deps.settings.FACES_KEPT_DAYS,
    eventsDays: t.deps.settings.EVENTS_KEPT_DAYS,
    lettersDays: t.deps.settings.LETTERS_KEPT_DAYS,
    downloadDays: t.deps.settings.DOWNLOAD_DAYS,
    sessionDays: t.deps.settings.SESSION_DAYS,
    signInDays: t.deps.settings.REFRESH_DAYS,
    ...KEPT_FACTS,
  })
  const { slug, nameTh } = await t.studio()
  const atStudio = await t.app.inject({ url: '/api/privacy/facts', headers: { host: `${slug}.shop.test` } })
  expect([facts.studio, atStudio.json().studio]).toEqual([null, { name: nameTh, address: '' }])
  expect(days.filter(([, value]) => !Object.values(facts).includes(Number(value)))).toEqual([])
})
