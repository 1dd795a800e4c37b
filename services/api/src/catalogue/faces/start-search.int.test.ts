import { CHILD_OBJECTION_WORDING, CHILD_SEARCH_WORDING, GUARDIAN_WORDING } from '@pix/contracts/consent-wordings.ts'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { readWhole, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../../testing/images.ts'
import { testApp } from '../../testing/test-app.ts'
import { probe } from '../../testing/faces.ts'
import { search, selfies, send } from './testing.ts'

test('a selfie goes to the bucket of things that vanish, after the consent is on record', async () => {
  await using t = await testApp()
  const [visitor, event, selfie] = [await t.visitor(), await t.event(), await testJpeg(1)]

  const answer = await search(t, visitor, event.id, selfie)

  expect(answer.statusCode).toBe(202)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.json()).toMatchObject({ eventId: event.id, state: 'queued', problem: null, faces: [] })
  expect(await readWhole(t.storage, VANISHING_BUCKET, selfieKey(answer.json().id))).toEqual(selfie)
  const [consent] = await t.db.select().from(consents)
  expect(consent).toMatchObject({
    sessionId: visitor.sessionId,
    eventId: event.id,
    purpose: 'face_search',
    version: FACE_SEARCH_CONSENT.th,
  })
  const [row] = await t.db.select().from(searches)
  expect(row?.consentId).toBe(consent?.id)
})

test('without consent, with an old wording, or with the selfie before it, nothing is recorded and nothing stored', async () => {
  await using t = await testApp()
  const [visitor, event, selfie] = [await t.visitor(), await t.event(), await testJpeg(1)]
  const forms: [string, string | Buffer][][] = [
    [
      ['eventId', event.id],
      ['selfie', selfie],
    ],
    [
      ['eventId', event.id],
      ['consent', 'an older one'],
      ['selfie', selfie],
    ],
    [
      ['eventId', event.id],
      ['selfie', selfie],
      ['consent', FACE_SEARCH_CONSENT.th],
    ],
  ]
  for (const form of forms) expect((await send(t, visitor, form)).json().code).toBe('consent_required')
  expect((await probe(t, visitor, event.id, { consent: 'no' })).json().code).toBe('consent_required')

  expect(await t.db.select().from(consents)).toEqual([])
  expect(await t.db.select().from(searches)).toEqual([])
  expect(await selfies(t)).toEqual([])
})

test('a child’s selfie, or the numbers of one, is looked at only with the guardian’s confirmation, which is a line of its own', async () => {
  await using t = await testApp()
  const [visitor, event, selfie] = [await t.visitor(), await t.event(), await testJpeg(1)]
  const guardian = GUARDIAN_WORDING.en.id
  const forms = (more: [string, string][]): [string, string | Buffer][][] =>
    [CHILD_SEARCH_WORDING.en.id, CHILD_OBJECTION_WORDING.en.id].map(consent => [
      ['eventId', event.id],
      ['consent', consent],
      ...more,
      ['selfie', selfie],
    ])
  const numbers = { consent: CHILD_SEARCH_WORDING.en.id }
  for (const form of [...forms([]), ...forms([['guardian', CHILD_SEARCH_WORDING.en.id]])])
    expect((await send(t, visitor, form)).json().code).toBe('consent_required')
  expect((await probe(t, visitor, event.id, numbers)).json().code).toBe('consent_required')
  expect([await t.db.$count(consents), await t.db.$count(searches), await selfies(t)]).toEqual([0, 0, []])

  for (const form of forms([['guardian', guardian]])) expect((await send(t, visitor, form)).statusCode).toBe(202)
  expect((await probe(t, visitor, event.id, { ...numbers, guardian })).statusCode).toBe(202)
  const lines = await t.db.select().from(consents).orderBy(consents.createdAt, consents.id)
  const purposes = ['guardian', 'face_search', 'guardian', 'objection', 'guardian', 'face_search']
  expect(lines.map(({ purpose }) => purpose)).toEqual(purposes)
})

test.each([
  ['nobody recorded its basis', { faceSearchWording: null, faceSearchAt: null, faceSearchBy: null }],
  ['it is closed', { status: 'closed' }],
  ['its sale has ended', { salesEnd: new Date('2026-01-01T00:00:00Z') }],
] as const)('face search is off when %s', async (_, more) => {
  await using t = await testApp()
  const event = await t.event()
  await t.db.update(events).set(more).where(eq(events.id, event.id))

  const answer = await search(t, await t.visitor(), event.id, await testJpeg(1))

  expect(answer.json().code).toBe('face_search_off')
  expect(await t.db.select().from(consents)).toEqual([])
})

test('an event that the visitor may not see is not found', async () => {
  await using t = await testApp()
  const { id } = await t.event({ status: 'open' })
  expect((await search(t, await t.visitor(), id, await testJpeg(1))).statusCode).toBe(404)
  expect((await search(t, await t.visitor(), 'not-an-id', await testJpeg(1))).statusCode).toBe(404)
})

test('a selfie that is none names what is wrong and leaves nothing', async () => {
  await using t = await testApp({ settings: { SELFIE_MAX_BYTES: '100000' } })
  const [visitor, event] = [await t.visitor(), await t.event()]
  const code = async (selfie: Buffer) => (await search(t, visitor, event.id, selfie)).json().code

  expect(await code(Buffer.alloc(0))).toBe('empty_file')
  expect(await code(Buffer.from('<svg onload="alert(1)"></svg>'))).toBe('not_an_image')
  expect(await code(Buffer.concat([await testJpeg(1), Buffer.alloc(200_000)]))).toBe('file_too_large')
  expect(
    (
      await send(t, visitor, [
        ['eventId', event.id],
        ['consent', FACE_SEARCH_CONSENT.th],
      ])
    ).json().code,
  ).toBe('no_file')
  expect(await selfies(t)).toEqual([])
  expect(await t.db.select().from(searches)).toEqual([])
})

test('a selfie may be far smaller than a photo for sale', async () => {
  await using t = await testApp({ settings: { UPLOAD_MIN_SIDE: '600' } })
  const [visitor, event] = [await t.visitor(), await t.event()]
  expect((await search(t, visitor, event.id, await testJpeg(1))).statusCode).toBe(202)
})

test('the eleventh search within a minute is refused', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  for (let i = 0; i < 10; i++) expect((await probe(t, visitor, event.id)).statusCode).toBe(202)
  const answer = await probe(t, visitor, event.id)
  expect(answer.statusCode).toBe(429)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect((await probe(t, await t.visitor(), event.id)).statusCode).toBe(202)
})

test('a selfie of more pixels than a phone makes is refused for that reason, and leaves nothing', async () => {
  await using t = await testApp({ settings: { SELFIE_MAX_PIXELS: '100' } })
  const [visitor, event] = [await t.visitor(), await t.event()]

  const answer = await search(t, visitor, event.id, await testJpeg(1))

  expect([answer.statusCode, answer.json().code]).toEqual([422, 'image_too_large'])
  expect(await selfies(t)).toEqual([])
  expect(await t.db.select().from(searches)).toEqual([])
})

test('a selfie waits in a queue of its own, with whose it is and a hash of its network', async () => {
  await using t = await testApp()
  const [visitor, other, event] = [await t.visitor(), await t.visitor(), await t.event()]
  const ids = [visitor, other, visitor].map(
    async from => (await search(t, from, event.id, await testJpeg(1))).json().id,
  )
  await probe(t, visitor, event.id)

  const redis = t.deps.redis.duplicate({ enableOfflineQueue: true })
  const waiting = async (id: string) => JSON.parse((await redis.hget(`bull:${readSelfies.queue}:${id}`, 'data'))!)
  const jobs = await Promise.all(ids.map(async id => waiting(await id)))
  redis.disconnect()

  expect(jobs.map(job => job.visitor)).toEqual([visitor.sessionId, other.sessionId, visitor.sessionId])
  expect(new Set(jobs.map(job => job.network)).size).toBe(1)
  expect(jobs[0].network).toMatch(/^[0-9a-f]{64}$/)
  expect(await t.deps.enqueue.keys(searchFaces)).toHaveLength(1)
})
