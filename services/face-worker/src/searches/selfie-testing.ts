import { newId } from '@pix/db/ids.ts'
import { addSession } from '@pix/db/rows-testing.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import sharp from 'sharp'
import { createChildPool } from '../children/child-pool.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { photoLimits } from '../picture/limits.ts'
import { silentLog, type TestPlace, testQueues, type TestQueues } from '../testing.ts'
import type { SelfieDeps, SelfiePool } from './read-selfie.ts'
import { createTurns } from './take-turns.ts'

/** What reads selfies in a place: one process of its own for the pictures, and the place's queues. */
export interface SelfieReader extends AsyncDisposable {
  reading: SelfieDeps
  queues: TestQueues
}

export async function selfieReader({ settings, db, storage }: TestPlace): Promise<SelfieReader> {
  const queues = await testQueues({ settings })
  const script = new URL('selfie-child.ts', import.meta.url)
  const limits = { softMs: 120_000, hardMs: 120_000, memoryMegabytes: 1_000 }
  const pool: SelfiePool = createChildPool({ script, settings, size: 1, log: silentLog, ...limits })
  const { redis, enqueue, live } = queues
  const [now, stopping] = [() => new Date(), new AbortController().signal]
  const reading = { db, storage, redis, enqueue, live, log: silentLog, now, pool, turns: createTurns(1), stopping }
  const dispose = async () => {
    await pool.stop()
    await queues[Symbol.asyncDispose]()
  }
  return { reading, queues, [Symbol.asyncDispose]: dispose }
}

/** The first face of a photo, as a selfie. */
export async function cutFace({ settings }: TestPlace, engine: FaceEngine, photo: Buffer): Promise<Buffer> {
  const { pixels } = await decodePicture(photo, 3000, photoLimits(settings))
  const { box } = (await engine.detect(pixels))[0]!
  const side = box.width * pixels.width * 2
  const left = Math.max(0, Math.round((box.x + box.width / 2) * pixels.width - side / 2))
  const top = Math.max(0, Math.round((box.y + box.height / 2) * pixels.height - side / 2))
  const width = Math.min(Math.round(side), pixels.width - left)
  const height = Math.min(Math.round(side), pixels.height - top)
  return sharp(photo).extract({ left, top, width, height }).resize(500).jpeg({ quality: 95 }).toBuffer()
}

/** A search as the api leaves it: by a selfie, or by an embedding without one. */
export async function addSearch(
  { db, storage }: TestPlace,
  eventId: string,
  selfie: Buffer | null,
  columns: Partial<typeof searches.$inferInsert> = {},
): Promise<{ id: string; sessionId: string }> {
  const [id, consentId, sessionId] = [newId(), newId(), await addSession(db)]
  await db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  if (selfie) await storage.put(VANISHING_BUCKET, selfieKey(id), selfie, { contentType: 'image/jpeg' })
  const source = selfie ? 'selfie' : 'embedding'
  await db.insert(searches).values({ id, sessionId, eventId, consentId, source, ...columns })
  return { id, sessionId }
}
