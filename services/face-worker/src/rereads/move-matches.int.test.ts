import { newId } from '@pix/db/ids.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPlace, type TestPlace } from '../testing.ts'
import { moveMatches } from './same-face.ts'

let place: TestPlace
beforeAll(async () => void (place = await testPlace()))
afterAll(() => place[Symbol.asyncDispose]())

const SEARCHES = 45

test('the matches of every search move to the new faces once; those whose face was not found again stay', async () => {
  const { db } = place
  const eventId = await place.addEvent({ faceModel: 'old' })
  const photoIds = [await place.addPhoto(eventId, Buffer.from('a')), await place.addPhoto(eventId, Buffer.from('b'))]
  const face = (photoId: string, modelVersion: string, x: number) => ({
    id: newId(),
    photoId,
    eventId,
    modelVersion,
    x,
    y: 0.2,
    width: 0.1,
    height: 0.1,
    landmarks: Buffer.alloc(544),
    score: 1,
    quality: 0.9,
    embedding: Buffer.alloc(512),
  })
  const [found, lost] = [face(photoIds[0]!, 'old', 0.2), face(photoIds[1]!, 'old', 0.2)]
  const [same, another] = [face(photoIds[0]!, 'new', 0.21), face(photoIds[1]!, 'new', 0.7)]
  await db.insert(faces).values([found, lost])
  await db.update(events).set({ faceModel: 'new' }).where(eq(events.id, eventId))
  await db.insert(faces).values([same, another])
  const rest = { distance: 0.1, confidence: 0.9, band: 'sure' } as const
  for (let n = 0; n < SEARCHES; n++) {
    const searchId = await place.addSearch(eventId)
    const of = ({ photoId, id: faceId }: typeof found) => ({ searchId, photoId, faceId, ...rest })
    await db.insert(searchMatches).values([of(found), of(lost)])
  }

  const statements = watchStatements(db)
  await moveMatches(db, { eventId, fromModel: 'old', toModel: 'new' })
  const updates = statements.filter(text => text.includes('update search_matches'))

  const matches = await db.select().from(searchMatches)
  expect(matches.filter(({ faceId }) => faceId === same.id)).toHaveLength(SEARCHES)
  expect(matches.filter(({ faceId }) => faceId === lost.id)).toHaveLength(SEARCHES)
  expect(updates).toHaveLength(3)
})
