import { rereadProgress } from '@pix/db/reread-progress.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { faceRereads, rereadPhotos } from '@pix/db/schema/rereads.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { REREAD_TRIES } from '@pix/domain/tries.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { standIn } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { rereadPhoto as job } from '@pix/jobs/faces.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { groupPhoto, silentLog, type TestPlace, until } from '../testing.ts'
import { changeModel } from './change-model.ts'
import { tidyFaces } from './tidy-faces.ts'
import { type Face, faceIn, held, type RereadGround, rereadGround, rereadState, type RereadScene } from './testing.ts'

const now = () => new Date()
const OLD = MODEL_VERSIONS['face-api']
const NEW = MODEL_VERSIONS.sface
const MINUTE = 60_000

let place: TestPlace
let scene: RereadScene
/** The engines of a worker that has both, and of an old one that has face-api alone. */
let both: FaceEngines
let poor: FaceEngines
let eventId: string
/** Three that show the same three people, one that shows five others. */
let same: string[]
let others: string
/** One of the three. */
let face: Face

let ground: RereadGround
beforeAll(async () => {
  ground = await rereadGround()
  ;({ place, scene, both } = ground)
  poor = { ...both, available: ['face-api'] }
  face = await faceIn(await picture(1), both, photoLimits(place.settings))
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  eventId = await place.addEvent({ approval: 'all' })
  same = []
  for (const brightness of [1, 1.1, 1.2]) same.push(await scene.add(eventId, await picture(brightness), poor))
  others = await scene.add(eventId, readFileSync(groupPhoto(5)), poor)
})

const picture = (brightness: number) =>
  sharp(readFileSync(groupPhoto(1)))
    .modulate({ brightness })
    .jpeg()
    .toBuffer()

const state = () => rereadState(place.db, eventId)
const hasChanged = async () => (await state()).model === NEW
const search = async () => (await scene.beginSearch(eventId, face)).answer()
const inLater = (minutes: number) => new Date(Date.now() + minutes * MINUTE)
const tidy = (minutes: number) => tidyFaces({ db: place.db, log: silentLog, now: () => inLater(minutes) })
const facesOf = (photoId: string) => place.db.select().from(faces).where(eq(faces.photoId, photoId))

test(`every search while an event is read again finds the same photos, among faces of one model${standIn}`, async () => {
  const before = await search()
  expect(before).toEqual({ state: 'done', photos: expect.toSatisfy(isSame), models: [OLD] })
  expect(await scene.ask(eventId, 'sface')).toMatchObject({ kind: 'asked' })
  const worker = scene.start(both)
  const models: string[] = []
  while (models.at(-1) !== NEW) {
    const answer = await search()
    expect(answer).toMatchObject({ state: 'done', photos: expect.toSatisfy(isSame) })
    expect(answer.models).toHaveLength(1)
    models.push(answer.models[0]!)
  }
  await worker.stop()
  expect(models).toEqual(models.toSorted((a, b) => Number(a === NEW) - Number(b === NEW)))
  expect(models[0]).toBe(OLD)
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

const isSame = (found: string[]) => JSON.stringify(found.toSorted()) === JSON.stringify(same.toSorted())

test(`a search begun before the change is answered after it, and what was found stays when the old faces go${standIn}`, async () => {
  const done = await scene.beginSearch(eventId, face)
  expect(await done.answer()).toMatchObject({ photos: expect.toSatisfy(isSame) })
  const waiting = await scene.beginSearch(eventId, face)
  await scene.ask(eventId, 'sface')
  const worker = scene.start(both)
  await until('the event has changed', hasChanged)
  await worker.stop()

  expect(await waiting.answer()).toMatchObject({ state: 'done', photos: expect.toSatisfy(isSame), models: [OLD] })
  await tidy(9)
  expect((await state()).models).toEqual(new Set([OLD, NEW]))
  await tidy(11)
  expect((await state()).models).toEqual(new Set([NEW]))
  expect((await state()).last?.tidiedAt).not.toBeNull()
  for (const { id } of [done, waiting]) {
    const kept = await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))
    expect(kept.map(match => match.photoId)).toEqual(expect.arrayContaining(same))
    for (const { faceId } of kept) expect(faceId).not.toBeNull()
  }
})

test(`a match whose face is not found again keeps its photo and its place${standIn}`, async () => {
  const { id, answer } = await scene.beginSearch(eventId, face)
  await answer()
  await scene.ask(eventId, 'sface')
  const blind = { ...both, open: async () => ({ ...(await both.open('sface')), detect: async () => [] }) }
  const worker = scene.start(blind)
  await until('the event has changed', hasChanged)
  await worker.stop()
  await tidy(11)
  expect((await state()).models).toEqual(new Set())
  const kept = await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))
  expect(kept.map(match => match.photoId)).toEqual(expect.arrayContaining(same))
  for (const match of kept) expect(match).toMatchObject({ faceId: null, faceBox: { width: expect.any(Number) } })
})

test(`a photo uploaded in the middle is read before the event changes${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const { engines, begun, letGo } = held(both, 'sface')
  const worker = scene.start(engines)
  await begun
  const late = await scene.add(eventId, await picture(0.9), poor)
  letGo()
  await until('the event has changed', hasChanged)
  await worker.stop()
  expect(new Set((await facesOf(late)).map(row => row.modelVersion))).toEqual(new Set([OLD, NEW]))
  same.push(late)
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

test(`a photo that came while the new index was loaded is found after the change${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const { id } = (await state()).last!
  const reading = scene.start(both)
  const isRead = async () => (await state()).tries.filter(row => row.readAt).length === 4
  await until('all photos are read', async () => (await isRead()) || (await hasChanged()))
  await reading.stop()
  // As if the change had broken off then.
  await place.db.update(faceRereads).set({ changedAt: null }).where(eq(faceRereads.id, id))
  await place.db.update(events).set({ faceModel: OLD }).where(eq(events.id, eventId))
  const warm = async (event: string, model: string) => {
    same.push(await scene.add(eventId, await picture(0.9), poor))
    await scene.warm(event, model)
  }
  expect(await changeModel({ db: place.db, now, warm }, id)).toBe('not_yet')
  const worker = scene.start(both)
  await until('the event has changed', hasChanged)
  await worker.stop()
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

test(`a photo looked at before the event changed, and recorded after it, has the new faces${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const id = await place.addPhoto(eventId, await picture(0.9))
  const { engines, begun, letGo } = held(both, 'face-api')
  const processing = scene.process(id, engines)
  await begun
  const worker = scene.start(both)
  await until('the event has changed', hasChanged)
  await worker.stop()
  letGo()
  expect(await processing).toMatchObject({ kind: 'processed' })
  expect(new Set((await facesOf(id)).map(row => row.modelVersion))).toEqual(new Set([NEW]))
  same.push(id)
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

test(`a photo deleted in the middle takes both kinds of faces along, and the event changes without it${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const { engines, begun, letGo } = held(both, 'sface')
  const worker = scene.start(engines)
  await begun
  await place.db.delete(photos).where(eq(photos.id, same[0]!))
  letGo()
  await until('the event has changed', hasChanged)
  await worker.stop()
  expect(await facesOf(same[0]!)).toEqual([])
  same.shift()
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

test(`a photo that left the sale in the middle is not found, and is again once it is back${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const { engines, begun, letGo } = held(both, 'sface')
  const worker = scene.start(engines)
  await begun
  const [first] = same
  const decide = (approval: 'pending' | 'approved') =>
    place.db.update(photos).set({ approval }).where(eq(photos.id, first!))
  await decide('pending')
  letGo()
  await until('the event has changed', hasChanged)
  await worker.stop()
  expect((await search()).photos.toSorted()).toEqual(same.slice(1).toSorted())
  await decide('approved')
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [NEW] })
})

test(`an event that goes back to the engine it had before is searched with the faces it has then${standIn}`, async () => {
  for (const engine of ['sface', 'face-api', 'sface'] as const) {
    await scene.ask(eventId, engine)
    const worker = scene.start(both)
    await until('the event has changed', async () => (await state()).model === MODEL_VERSIONS[engine])
    await worker.stop()
    const answer = await search()
    expect(answer).toMatchObject({ photos: expect.toSatisfy(isSame), models: [MODEL_VERSIONS[engine]] })
    await tidy(11)
    expect(await search()).toEqual(answer)
  }
})

test('new photos go first: none is read again while one waits', async () => {
  await scene.ask(eventId, 'sface')
  await scene.enqueue(processPhoto, { photoId: others })
  expect(await scene.feed(both)).toBe(0)
  await scene.enqueue.forget(processPhoto)
  expect(await scene.feed(both)).toBe(4)
  await scene.enqueue.forget(job)
})

test(`a worker without the new engine leaves the photos to one that has it${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  expect(await scene.feed(poor)).toBe(0)
  const worker = scene.start(both)
  await until('the event has changed', hasChanged)
  await worker.stop()
})

test(`a photo that cannot be read keeps the event as it is, until somebody asks again${standIn}`, async () => {
  const key = originalKey(eventId, others, 'jpg')
  await place.storage.delete(MAIN_BUCKET, key)
  await scene.ask(eventId, 'sface')
  const worker = scene.start(both)
  await until('all were tried, and three are read', async () => {
    const { tries } = await state()
    return tries.length === 4 && tries.filter(row => row.readAt).length === 3
  })
  const rested = { attempts: REREAD_TRIES - 1, triedAt: inLater(-60) }
  await place.db.update(rereadPhotos).set(rested).where(eq(rereadPhotos.photoId, others))
  await until('its last try has failed', async () => {
    const { failed } = await rereadProgress(place.db, (await state()).last!)
    return failed === 1
  })
  await worker.stop()
  expect(await scene.feed(both, inLater(60))).toBe(0)
  expect((await state()).model).toBe(OLD)
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [OLD] })

  await place.storage.put(MAIN_BUCKET, key, readFileSync(groupPhoto(5)), { contentType: 'image/jpeg' })
  expect(await scene.ask(eventId, 'sface')).toMatchObject({ kind: 'again' })
  const second = scene.start(both)
  await until('the event has changed', hasChanged)
  await second.stop()
})

test(`a change that was cancelled leaves the event as it was, and may be asked for anew${standIn}`, async () => {
  await scene.ask(eventId, 'sface')
  const { engines, begun, letGo } = held(both, 'sface')
  const worker = scene.start(engines)
  await begun
  await place.db.update(faceRereads).set({ cancelledAt: now() }).where(eq(faceRereads.eventId, eventId))
  letGo()
  await worker.stop()
  expect(await scene.ask(eventId, 'sface')).toEqual({ kind: 'busy' })
  await tidy(0)
  expect(await state()).toMatchObject({ model: OLD, models: new Set([OLD]) })
  expect(await search()).toMatchObject({ photos: expect.toSatisfy(isSame), models: [OLD] })
  expect(await scene.ask(eventId, 'sface')).toMatchObject({ kind: 'asked' })
  expect(await changeModel({ db: place.db, now, warm: scene.warm }, (await state()).last!.id)).toBe('not_yet')
})

test('an event without photos takes the engine at once; one that has it already stays as it is', async () => {
  const empty = await place.addEvent()
  expect(await scene.ask(empty, 'sface')).toEqual({ kind: 'chosen' })
  expect(await scene.ask(eventId, 'face-api')).toEqual({ kind: 'same' })
  expect(await scene.ask(crypto.randomUUID(), 'sface')).toEqual({ kind: 'not_found' })
})
