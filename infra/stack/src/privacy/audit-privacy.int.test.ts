import { newId } from '@pix/db/ids.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { keptFaces, objections } from '@pix/db/schema/objections.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { testDb } from '@pix/db/testing.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import * as storageKeys from '@pix/platform/storage-keys.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { sql } from 'drizzle-orm'
import { Redis } from 'ioredis'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { facesKey, liveProbeKey, objectorKey, probeKey } from '../../../../packages/jobs/src/faces.ts'
import { addAlert } from './alerts-testing.ts'
import { auditPrivacy } from './audit-privacy.ts'

const { indexSnapshotPrefix, originalKey, selfieKey, uploadKey } = storageKeys

const DAY = 86_400_000
const HOUR = 3_600_000
const numbers = Array.from({ length: 128 }, (_, n) => Math.sin(n + 1) / 8)

/** Stores of the test's own, and an audit of them at a time of its choice. */
async function place() {
  const [database, ownRedis, storage] = [await testDb(), await testRedis(), await testStorage()]
  const redis = new Redis(ownRedis.url)
  const logs = await mkdtemp(join(tmpdir(), 'pix-logs-'))
  const audit = (later = 0) =>
    auditPrivacy({
      db: database.db,
      redis,
      storage,
      logs: [logs],
      now: new Date(Date.now() + later),
      facesDays: 365,
      lettersDays: 180,
    })
  return {
    db: database.db,
    owner: database.owner,
    redis,
    storage,
    logs,
    audit,
    put: (bucket: typeof MAIN_BUCKET | typeof VANISHING_BUCKET, key: string) =>
      storage.put(bucket, key, Buffer.from('x'), { contentType: 'application/octet-stream' }),
    [Symbol.asyncDispose]: async () => {
      redis.disconnect()
      await rm(logs, { recursive: true })
      await ownRedis[Symbol.asyncDispose]()
      await storage[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}
type Place = Awaited<ReturnType<typeof place>>

/** What makes keys of objects; `photoKeys` names keys that others make. */
type MadeKey = {
  [Name in keyof typeof storageKeys]: (typeof storageKeys)[Name] extends (...given: never[]) => string ? Name : never
}[keyof typeof storageKeys]
type VanishingKey =
  | 'selfieKey'
  | 'indexSnapshotPrefix'
  | 'uploadKey'
  | 'uploadPrefix'
  | 'pieceKey'
  | 'slipUploadKey'
  | 'slipKey'

/** A letter sent so long ago, and an event that ended then, with a photo, its face, and a search that found it. */
async function addEvent({ db }: Place, endedMs: number, searchedMs: number) {
  await db.insert(outgoingMail).values({
    id: newId(),
    template: 'test_letter',
    locale: 'th',
    recipient: 'somebody@test.example',
    facts: {},
    dedupeKey: newId(),
    sentAt: new Date(Date.now() - endedMs),
    nextTryAt: null,
  })
  const [eventId, photoId, faceId, userId] = [newId(), newId(), newId(), newId()]
  const endsAt = new Date(Date.now() - endedMs)
  const names = { nameTh: 'งาน', nameEn: 'Event', venue: 'V', province: 'P', category: 'run' as const }
  await db.insert(users).values({ id: userId, email: `${userId}@test`, name: 'P', role: 'user' })
  await db
    .insert(events)
    .values({ id: eventId, studioId: HOUSE_STUDIO, slug: eventId, ...names, startsAt: endsAt, endsAt })
  const of = { photographerId: userId, fileName: 'a.jpg', sha256: '0'.repeat(64), bytes: 1, format: 'jpg' }
  await db.insert(photos).values({ id: photoId, eventId, ...of })
  const box = { x: 0, y: 0, width: 1, height: 1 }
  const bytes = { landmarks: Buffer.alloc(544), embedding: Buffer.alloc(512) }
  await db
    .insert(faces)
    .values({ id: faceId, photoId, eventId, ...box, ...bytes, modelVersion: 'm', score: 1, quality: 1 })
  const [searchId, sessionId, consentId] = [newId(), newId(), newId()]
  const createdAt = new Date(Date.now() - searchedMs)
  await db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2099-01-01') })
  await db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  await db
    .insert(searches)
    .values({ id: searchId, sessionId, eventId, consentId, source: 'selfie', state: 'done', createdAt })
  await db.insert(searchMatches).values({ searchId, photoId, faceId, distance: 0.1, confidence: 0.9, band: 'sure' })
  const objectionId = newId()
  const asked = { kind: 'hide' as const, locale: 'th', askedAt: createdAt, faceCount: 1 }
  await db.insert(objections).values({ id: objectionId, eventId, searchId, sessionId, ...asked })
  const kept = { modelVersion: 'm', embedding: Buffer.alloc(512), quality: 1 }
  await db.insert(keptFaces).values({ objectionId, eventId, ...kept })
  await addAlert(db, { eventId, askedAt: createdAt })
  return { eventId, photoId, searchId }
}

const overdue = ({ kinds }: Awaited<ReturnType<Place['audit']>>) =>
  kinds.filter(one => one.overdue > 0).map(({ store, kind }) => `${store} ${kind}`)

test('a product that keeps its dates passes, and the audit names the oldest of each kind', async () => {
  await using t = await place()
  const { eventId, photoId, searchId } = await addEvent(t, DAY, 60_000)
  await t.redis.set(probeKey(searchId), Buffer.alloc(600), 'EX', 600)
  await t.redis.set(liveProbeKey(searchId), Buffer.alloc(600), 'EX', 3_600)
  await t.redis.set(facesKey(searchId), Buffer.alloc(600), 'EX', 3_600)
  await t.redis.hset(objectorKey(searchId), 'm', Buffer.alloc(600))
  await t.redis.expire(objectorKey(searchId), 3_600)
  await t.redis.hset('bull:photos-process:1', 'data', JSON.stringify({ photoId }))
  await t.put(VANISHING_BUCKET, selfieKey(searchId))
  await t.put(VANISHING_BUCKET, `${indexSnapshotPrefix(eventId)}sface.bin`)
  await t.put(VANISHING_BUCKET, uploadKey(newId()))
  await t.put(MAIN_BUCKET, originalKey(eventId, photoId, 'jpg'))
  await writeFile(join(t.logs, 'api.log'), '{"msg":"a request was answered","ms":1.5}\n')

  const report = await t.audit()

  expect(report.faults).toEqual([])
  expect(overdue(report)).toEqual([])
  expect(report.passed).toBe(true)
  const present = report.kinds.filter(({ count }) => count > 0).map(({ store, kind }) => `${store} ${kind}`)
  expect(present).toEqual([
    'postgres faces.embedding',
    'postgres faces.landmarks',
    'postgres kept_faces.embedding',
    'postgres alert_faces.embedding',
    'postgres search_matches',
    'postgres searches with a selfie',
    'postgres outgoing_mail',
    'redis embedding of a search',
    'redis embedding of results that are open',
    'redis faces of somebody who objects',
    'redis faces of a selfie',
    'objects selfies',
    'objects half uploads',
    'snapshots face indexes',
  ])
  expect(report.kinds.filter(({ count, oldest }) => count > 0 !== (oldest !== null))).toEqual([])
})

test('every kind of object that the product stores is known', async () => {
  await using t = await place()
  const { eventId, photoId } = await addEvent(t, DAY, 60_000)
  const id = newId()
  /** A kind that is made later has its line here, or this does not compile. */
  const main: Record<Exclude<MadeKey, VanishingKey>, string> = {
    originalKey: originalKey(eventId, photoId, 'jpg'),
    thumbnailKey: storageKeys.thumbnailKey(eventId, 'phone', photoId),
    previewKey: storageKeys.previewKey(eventId, photoId),
    boughtPreviewKey: storageKeys.boughtPreviewKey(eventId, photoId),
    boughtJpegKey: storageKeys.boughtJpegKey(eventId, 'share', photoId),
    logoKey: storageKeys.logoKey(HOUSE_STUDIO, id),
    zipKey: storageKeys.zipKey(eventId, id),
    documentKey: storageKeys.documentKey(HOUSE_STUDIO, id),
    statementKey: storageKeys.statementKey(id),
    deletionKey: storageKeys.deletionKey(id),
  }
  const vanishing: Record<VanishingKey, string> = {
    selfieKey: selfieKey(id),
    indexSnapshotPrefix: `${indexSnapshotPrefix(eventId)}sface.bin`,
    uploadKey: uploadKey(id),
    uploadPrefix: `${storageKeys.uploadPrefix(id)}1`,
    pieceKey: storageKeys.pieceKey(id, newId()),
    slipUploadKey: storageKeys.slipUploadKey(id),
    slipKey: storageKeys.slipKey(id),
  }
  for (const key of Object.values(main)) await t.put(MAIN_BUCKET, key)
  for (const key of Object.values(vanishing)) await t.put(VANISHING_BUCKET, key)

  expect((await t.audit()).faults).toEqual([])
})

test('one overdue datum of each kind is found', async () => {
  await using t = await place()
  const { eventId, searchId } = await addEvent(t, 366 * DAY, 8 * DAY)
  await t.redis.set(probeKey(searchId), 'x')
  await t.redis.set(liveProbeKey(searchId), 'x', 'EX', 7_200)
  await t.redis.set(facesKey(searchId), 'x', 'EX', 7_200)
  await t.redis.hset(objectorKey(searchId), 'm', 'x')
  await t.put(VANISHING_BUCKET, selfieKey(searchId))
  await t.put(VANISHING_BUCKET, `${indexSnapshotPrefix(eventId)}sface.bin`)
  await t.put(VANISHING_BUCKET, uploadKey(newId()))
  await writeFile(join(t.logs, 'worker.log'), `fine\n${JSON.stringify({ probe: numbers })}\n`)

  const report = await t.audit(25 * HOUR)

  expect(report.passed).toBe(false)
  expect(overdue(report)).toEqual([
    'postgres faces.embedding',
    'postgres faces.landmarks',
    'postgres kept_faces.embedding',
    'postgres alert_faces.embedding',
    'postgres search_matches',
    'postgres searches with a selfie',
    'postgres outgoing_mail',
    'redis embedding of a search',
    'redis embedding of results that are open',
    'redis faces of somebody who objects',
    'redis faces of a selfie',
    'objects selfies',
    'objects half uploads',
    'snapshots face indexes',
    'logs embeddings',
  ])
})

test('an unknown column of bytes, key or prefix fails, and so does an embedding where none may be', async () => {
  await using t = await place()
  const owner = t.owner()
  await owner.execute(sql`create domain hidden as bytea`)
  await owner.execute(sql`create table face_copies (id int, face bytea, face2 hidden, numbers real[])`)
  await owner.execute(sql`create schema other`)
  await owner.execute(sql`create table other.faces (embedding bytea)`)
  await owner.execute(sql`grant usage on schema other to pix_app; grant select on other.faces to pix_app`)
  const detail = sql`${JSON.stringify({ probe: numbers })}::jsonb`
  await owner.execute(
    sql`insert into audit_events (id, action, subject, detail) values (${newId()}, 'x', 'y', ${detail})`,
  )
  await t.redis.set('face:mine', 'x')
  await t.redis.hset('bull:faces-search:1', 'data', JSON.stringify({ embedding: numbers }))
  await t.put(VANISHING_BUCKET, 'faces/kept/1.bin')
  await t.put(MAIN_BUCKET, 'backups/2026-11-01/dump.bin')
  await t.put(MAIN_BUCKET, originalKey(newId(), newId(), 'jpg'))

  const { passed, faults } = await t.audit()

  expect(passed).toBe(false)
  const named = [
    'column other.faces.embedding',
    'column public.face_copies.face ',
    'column public.face_copies.face2 ',
    'column public.face_copies.numbers ',
    '1 rows of audit_events.detail',
    'unknown key face:mine',
    'bull:faces-search:1 holds',
    'thepixstock-vanishing/faces/kept/1.bin',
    'thepixstock/backups/2026-11-01/dump.bin',
    'photos of event',
  ]
  // The test's own Redis takes no key that is unknown.
  await t.redis.del('face:mine')
  for (const part of named) expect(faults.map(({ what }) => what).join('\n')).toContain(part)
  expect(faults).toHaveLength(named.length)
})
