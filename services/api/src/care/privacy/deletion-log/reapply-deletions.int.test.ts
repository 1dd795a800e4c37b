import { hash } from '@node-rs/argon2'
import type { Db } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { hiddenFaces } from '@pix/db/schema/objections.ts'
import { deletions } from '@pix/db/schema/deletions.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { takedowns } from '@pix/db/schema/takedowns.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { type TestDb, testDb } from '@pix/db/testing.ts'
import { killedAtEach } from '@pix/db/dying-testing.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { DELETION_PREFIX, originalKey } from '@pix/platform/storage-keys.ts'
import { listAll, MAIN_BUCKET, readWhole, type Storage } from '@pix/platform/storage.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { eq, isNull, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { probe } from '../../../testing/faces.ts'
import { foundObjector } from '../../../testing/objector.ts'
import { addPaidOrder } from '../../../testing/paid-order.ts'
import { testApp, type TestApp } from '../../../testing/test-app.ts'
import { removeEvents } from '../remove-events.ts'
import { lackingDeletions } from './lacking-deletions.ts'
import { addGuest, GUEST_EMAIL } from './log-testing.ts'
import { reapplyDeletions } from './reapply-deletions.ts'
import { dropOldDeletions, storeDeletions } from './store-deletions.ts'

const PASSWORD = 'a password that is long'
const DAY_MS = 86_400_000
const ignore = () => undefined

type Headers = Record<string, string>
const send = async (t: TestApp, method: 'POST' | 'PUT' | 'DELETE', url: string, headers: Headers, payload?: object) => {
  const answer = await t.app.inject({ method, url, headers, ...(payload && { payload }) })
  expect([url, answer.statusCode, answer.statusCode < 300 || answer.body]).toEqual([url, answer.statusCode, true])
  return answer
}

/** One of each kind of what persons delete. @returns what deletes all of it */
async function everyKind(t: TestApp) {
  const [event, photographer, admin] = [await t.event(), await t.user('photographer'), await t.user('admin')]
  const organized = await t.event()
  const account = await t.user('customer', { passwordHash: await hash(PASSWORD) })
  const member = await t.visitor(account)
  const [visit, searcher, consenter] = [await t.visitor(), await t.visitor(), await t.visitor()]
  const [plain, sold, takenDown] = [
    await t.photo(event.id, photographer.id),
    await t.photo(event.id, photographer.id),
    await t.photo(event.id, photographer.id),
  ]
  const buyer = await t.visitor()
  await addPaidOrder(t.db, buyer.sessionId, [sold, takenDown])
  await t.storage.put(MAIN_BUCKET, originalKey(event.id, plain.id, 'jpg'), Buffer.from('a'), {
    contentType: 'image/jpeg',
  })
  for (const { headers } of [member, visit]) {
    const cart = { photoIds: [plain.id] }
    await send(t, 'POST', '/api/cart/items', headers, cart)
  }
  for (const who of [member, visit, searcher, consenter]) await probe(t, who, event.id)
  const [own] = await t.db.select().from(searches).where(eq(searches.sessionId, searcher.sessionId))
  const guest = await addGuest(t, event.id, sold)
  const [hidden, deleted] = [await foundObjector(t), await foundObjector(t)]
  const takedown = { photoId: takenDown.id, reason: 'me', locale: 'th' }
  await send(t, 'POST', '/api/takedowns', visit.headers, takedown)
  return async () => {
    await send(t, 'POST', '/api/me/deletion', account.headers, { password: PASSWORD, locale: 'th' })
    await send(t, 'DELETE', '/api/me/visit', visit.headers)
    await send(t, 'DELETE', `/api/face/search/${own!.id}`, searcher.headers)
    const consent = { purpose: 'face_search', eventId: event.id, granted: false }
    await send(t, 'PUT', '/api/me/consents', consenter.headers, consent)
    await send(t, 'POST', '/api/me/addresses/deletion', guest.headers, { orderId: guest.orderId })
    await hidden.confirm()
    await deleted.confirm({ kind: 'delete' })
    const [line] = await t.db.select().from(takedowns).where(eq(takedowns.photoId, takenDown.id))
    const decision = { decision: 'taken_down', reason: 'asked' }
    await send(t, 'POST', `/api/admin/inbox/takedown/${line!.id}/decide`, admin.headers, decision)
    for (const { id } of [plain, sold]) await send(t, 'DELETE', `/api/photos/${id}`, admin.headers)
    await send(t, 'DELETE', `/api/events/${organized.id}`, admin.headers)
    await removeEvents(t.system)
    return account
  }
}

/** What is there of persons, of photos and of events: equal in two databases where the same was deleted. */
async function whatIsThere(db: Db) {
  const lines = async (query: string) => (await db.execute<{ line: string }>(sql.raw(query))).rows.map(row => row.line)
  return {
    users: await lines(`select email || name || (deleted_at is null) as line from users order by id`),
    sessions: await lines(`select id || coalesce(user_id::text, '') as line from sessions order by id`),
    searches: await lines(`select id::text as line from searches order by id`),
    standing: await lines(
      `select id::text as line from consents c where act = 'granted' and not exists (select from consents l where l.withdraws = c.id) order by id`,
    ),
    carts: await lines(`select coalesce(session_id, user_id)::text as line from carts order by 1`),
    events: await lines(`select id || slug as line from events order by id`),
    photos: await lines(
      `select id || approval::text || (taken_down_at is null) || (deleted_at is null) || face_count as line from photos order by id`,
    ),
    faces: await lines(`select id::text as line from faces order by id`),
    hidden: await lines(`select objection_id || face_id::text || unsure as line from hidden_faces order by 1`),
    objections: await lines(
      `select id || kind::text || coalesce(session_id::text, '') || coalesce(email, '') as line from objections order by id`,
    ),
    takedowns: await lines(`select photo_id || coalesce(decision::text, '') as line from takedowns order by id`),
    requests: await lines(
      `select coalesce(session_id::text, '') || coalesce(email, '') as line from takedown_requests order by id`,
    ),
    bought: await lines(`select photo_id || coalesce(closed_why::text, '') as line from entitlements order by 1`),
    alerts: await lines(`select email as line from event_alerts order by id`),
    letters: await lines(`select recipient as line from outgoing_mail where next_try_at is null order by id`),
  }
}

/** An api's parts on a database that was restored, with the storage as it is. */
const restoredApp = (database: TestDb, storage: Storage) => testApp({ database, storage })

test('what persons deleted after a backup is deleted again in the restored database, and a second run does nothing', async () => {
  await using database = await testDb()
  await using storage = await testStorage()
  await using t = await testApp({ database, storage })
  const deleteAll = await everyKind(t)
  const before = await whatIsThere(t.db)
  await using backup = await database.copy()
  const account = await deleteAll()
  await storeDeletions(t.system)
  const after = await whatIsThere(t.db)
  expect(
    Object.keys(after).filter(key => JSON.stringify(after[key as 'users']) === JSON.stringify(before[key as 'users'])),
  ).toEqual([])

  await using r = await restoredApp(backup, storage)
  expect(await whatIsThere(r.db)).toEqual(before)
  const lacking = await lackingDeletions(r.system)
  const kinds = new Set((await t.db.select().from(deletions)).map(({ what }) => what.kind))
  expect(kinds).toEqual(
    new Set(['account', 'address', 'visit', 'search', 'consent', 'objection', 'takedown', 'photo', 'event']),
  )
  const said: string[] = []
  expect(await reapplyDeletions(r.system, line => said.push(line))).toMatchObject({ lacking: lacking.length })
  expect(said).toHaveLength(lacking.length)
  const found = said.filter(line => line.includes('deleted again')).map(line => line.split(' ')[0])
  expect(new Set(found)).toEqual(kinds)
  expect(await whatIsThere(r.db)).toEqual(after)
  const [row] = await r.db.select().from(users).where(eq(users.id, account.id))
  expect(row).toMatchObject({ name: '', passwordHash: null, emailVerifiedAt: null })
  expect(JSON.stringify(await r.db.select().from(deletions))).not.toContain(GUEST_EMAIL)

  expect(await lackingDeletions(r.system)).toEqual([])
  expect(await reapplyDeletions(r.system, ignore)).toEqual({ lacking: 0, found: 0 })
})

test('of a run that dies at each of its statements the next one carries on, until the same is gone', async () => {
  await using database = await testDb()
  await using storage = await testStorage()
  await using t = await testApp({ database, storage })
  const deleteAll = await everyKind(t)
  await using backup = await database.copy()
  await deleteAll()
  await storeDeletions(t.system)
  const after = await whatIsThere(t.db)

  await using r = await restoredApp(backup, storage)
  const lacking = (await lackingDeletions(r.system)).length
  // A deletion is there whole or not at all, so that there are ever fewer.
  let left = lacking
  const deaths = await killedAtEach(
    { url: backup.appUrl, db: backup.db, sent: 'after' },
    dying => reapplyDeletions(asSystem({ ...r.deps, db: dying }), ignore),
    async () => {
      const now = (await lackingDeletions(r.system)).length
      expect(now).toBeLessThanOrEqual(left)
      left = now
    },
  )
  expect(deaths).toBeGreaterThan(20)
  expect(await lackingDeletions(r.system)).toEqual([])
  expect(await whatIsThere(r.db)).toEqual(after)
})

test('an objection whose photo was read again after the backup hides the faces that are there until somebody has looked', async () => {
  await using database = await testDb()
  await using storage = await testStorage()
  await using t = await testApp({ database, storage })
  const { confirm, shown } = await foundObjector(t)
  await using backup = await database.copy()
  await confirm()
  await storeDeletions(t.system)

  await using r = await restoredApp(backup, storage)
  const { faceId } = shown[0]!
  const other = r.deps.newId()
  await r.db.delete(searchMatches).where(eq(searchMatches.faceId, faceId))
  await r.db.update(faces).set({ id: other }).where(eq(faces.id, faceId))
  await reapplyDeletions(r.system, ignore)
  const hidden = await r.db.select().from(hiddenFaces)
  expect(hidden.map(face => face.faceId).toSorted()).toEqual([other, shown[1]!.faceId, shown[2]!.faceId].toSorted())
  expect(hidden.find(face => face.faceId === other)).toMatchObject({ unsure: true })
})

test('the log goes from storage and database once every backup is younger; an object that a mirror brings back later does not count', async () => {
  await using t = await testApp()
  const visit = await t.visitor()
  await send(t, 'DELETE', '/api/me/visit', visit.headers)
  await storeDeletions(t.system)
  const [object] = await listAll(t.storage, MAIN_BUCKET, DELETION_PREFIX)
  t.forward((KEPT.deletionLogDays - 1) * DAY_MS)
  await dropOldDeletions(t.system)
  expect(await t.db.$count(deletions)).toBe(1)
  t.forward(3 * DAY_MS)
  const bytes = await readWhole(t.storage, MAIN_BUCKET, object!.key)
  await dropOldDeletions(t.system)
  expect([await t.db.$count(deletions), await listAll(t.storage, MAIN_BUCKET, DELETION_PREFIX)]).toEqual([0, []])
  await t.storage.put(MAIN_BUCKET, object!.key, bytes!, { contentType: 'application/json' })
  expect(await lackingDeletions(t.system)).toEqual([])
})

test('a deletion that was rolled back is in no log, and one that is not stored yet is stored by the next run', async () => {
  await using t = await testApp()
  const visit = await t.visitor()
  const failed = t.db.transaction(async tx => {
    await logDeletions({ db: tx, now: t.deps.now }, [{ kind: 'search', searchId: t.deps.newId() }])
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  await send(t, 'DELETE', '/api/me/visit', visit.headers)
  const broken = { ...t.storage, put: () => Promise.reject(new Error('the storage is away')) }
  await expect(storeDeletions({ ...t.system, storage: broken })).rejects.toThrow('the storage is away')
  expect(await listAll(t.storage, MAIN_BUCKET, DELETION_PREFIX)).toEqual([])
  await storeDeletions(t.system)
  expect(await listAll(t.storage, MAIN_BUCKET, DELETION_PREFIX)).toHaveLength(1)
  expect(await t.db.$count(deletions, isNull(deletions.storedAt))).toBe(0)
})
