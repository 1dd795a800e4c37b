import type { Search, startEmbeddingSearch as embeddingContract } from '@pix/contracts/faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { PROBE_TTL_SECONDS, probeKey, readSelfies, searchFaces, writeProbes } from '@pix/jobs/faces.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { Deps } from '../../base/deps.ts'
import { receiveBytes, RefusedUpload } from '../photos/index.ts'
import { Problem } from '../../base/problem.ts'
import { describeSearch } from './read-search.ts'
import type { Agreed } from './record-consent.ts'

/** Who sends a selfie, and from which network: both wait in turn, each with its own kind. */
export interface Sender {
  sessionId: string
  network: string
}

/**
 * Takes a selfie into the bucket of things that vanish and rings for its search. The worker deletes it with the answer.
 *
 * @param body its sender's bytes, looked at only now: the consent is on record
 */
export async function startSelfieSearch(
  deps: Deps,
  { sessionId, network }: Sender,
  agreed: Agreed,
  body: AsyncIterable<Buffer>,
): Promise<Search> {
  const { storage, settings } = deps
  const searchId = deps.newId()
  const key = selfieKey(searchId)
  try {
    const selfie = await receiveBytes(body, { maxPixels: settings.SELFIE_MAX_PIXELS, minSide: null })
    await storage.put(VANISHING_BUCKET, key, selfie.body, { contentType: selfie.contentType })
    const search = await recordSearch(deps, { id: searchId, sessionId, ...agreed, source: 'selfie' })
    const { eventId } = search
    const ring = { searchId, eventId, visitor: sessionId, network: hashOf(deps, network) }
    await deps.enqueue(readSelfies, ring, { priority: PRIORITY.interactive })
    return search
  } catch (error) {
    await storage.delete(VANISHING_BUCKET, key).catch(() => undefined) // else the sweep does, within the hour
    throw error instanceof RefusedUpload ? refusal(error) : error
  }
}

/** What a person can do something about is told; everything else is no selfie. */
const TOLD = new Set<string>(['empty_file', 'file_too_large', 'image_too_large'])
const refusal = ({ code }: RefusedUpload): Problem => new Problem(TOLD.has(code) ? code : 'not_an_image')

/** Tells networks apart in a queue without naming them there. */
const hashOf = ({ settings }: Deps, network: string): string =>
  createHmac('sha256', settings.JWT_SECRET).update(`network ${network}`).digest('hex')

/** Euclidean lengths between which the embeddings of faces lie; anything else was not made by the models. */
const PLAUSIBLE_NORM = { min: 0.5, max: 2.5 }

/** Searches with an embedding made on the visitor's phone: the selfie never left it, and this goes to Redis only. */
export async function startEmbeddingSearch(
  deps: Deps,
  sessionId: string,
  agreed: Agreed,
  probe: Pick<z.output<typeof embeddingContract.schema.body>, 'modelVersion' | 'embedding' | 'quality'>,
): Promise<Search> {
  const norm = Math.hypot(...probe.embedding)
  if (!(norm >= PLAUSIBLE_NORM.min && norm <= PLAUSIBLE_NORM.max)) throw new Problem('embedding_invalid')
  const model = await findModel(deps, agreed.eventId)
  if (model !== null && model !== probe.modelVersion) throw new Problem('model_outdated')

  const searchId = deps.newId()
  await deps.redis.set(probeKey(searchId), writeProbes([probe], probe.modelVersion), 'EX', PROBE_TTL_SECONDS)
  const search = await recordSearch(deps, { id: searchId, sessionId, ...agreed, source: 'embedding' })
  const ring = { searchId, eventId: search.eventId }
  await deps.enqueue(searchFaces, ring, { priority: PRIORITY.interactive })
  return search
}

/** The models of the faces that the event's searches look at; null while it has none. */
async function findModel({ db }: Deps, eventId: string): Promise<string | null> {
  const [event] = await db.select({ model: events.faceModel }).from(events).where(eq(events.id, eventId))
  return event?.model ?? null
}

type NewSearch = Omit<typeof searches.$inferInsert, 'createdAt' | 'askedAt'>

/** Committed before anybody rings. */
async function recordSearch({ db, now }: Deps, row: NewSearch): Promise<Search> {
  const [search] = await db
    .insert(searches)
    .values({ ...row, createdAt: now(), askedAt: now() })
    .returning()
  return describeSearch(search!)
}
