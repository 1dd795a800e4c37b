import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { findMatches, type Probe } from '@pix/faces/find-matches.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { readWhole, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { decodePicture } from '../picture/decode-picture.ts'
import { PictureRefused } from '../picture/refused.ts'
import { stopwatch, type Stopwatch } from '../stopwatch.ts'
import type { EventIndexes } from './event-indexes.ts'
import { forgetProbes, keepFaces, readFace, readProbe } from './probes.ts'
import { type Answer, recordAnswer } from './record-answer.ts'

export interface SearchDeps {
  db: Db
  storage: Storage
  redis: Redis
  engine: FaceEngine
  indexes: EventIndexes
  now: () => Date
}

/** How a search ended. Times are milliseconds by step. */
export interface SearchOutcome {
  state: Answer['state'] | 'gone'
  steps: Record<string, number>
  /** Faces that were searched. */
  faces: number
}

/** Longer side that a selfie is decoded to: its face fills much of it. */
const SELFIE_LONG_SIDE = 1600

/**
 * Answers one face search. Repeating it gives the same answer. The selfie and every embedding of it are deleted as soon
 * as the answer is on record; while the customer chooses among faces they wait, at most an hour (spec/20).
 */
export async function searchSelfie(deps: SearchDeps, searchId: string, signal: AbortSignal): Promise<SearchOutcome> {
  const watch = stopwatch(signal)
  const search = await beginSearch(deps.db, searchId)
  if (!search) return { state: 'gone', steps: watch.steps, faces: 0 }
  const reading = await readSelfie(deps, search, watch)
  const answer = 'embedding' in reading ? await scan(deps, search, reading, watch) : reading
  const recorded = await watch('record', () => recordAnswer(deps, searchId, answer))
  if (answer.state !== 'choose_face' || !recorded) await watch('forget', () => forgetSelfie(deps, searchId))
  return { state: answer.state, steps: watch.steps, faces: answer.state === 'done' ? answer.faceCount : 0 }
}

type Search = NonNullable<Awaited<ReturnType<typeof beginSearch>>>

async function beginSearch(db: Db, searchId: string) {
  const [search] = await db
    .update(searches)
    .set({ state: 'processing' })
    .from(events)
    .where(
      and(
        eq(searches.id, searchId),
        inArray(searches.state, ['queued', 'processing']),
        eq(events.id, searches.eventId),
      ),
    )
    .returning({
      id: searches.id,
      eventId: searches.eventId,
      source: searches.source,
      chosenFace: searches.chosenFace,
      threshold: events.faceThreshold,
    })
  return search
}

/** The face to search with, or the answer there is without one. */
async function readSelfie(deps: SearchDeps, search: Search, watch: Stopwatch): Promise<Probe | Answer> {
  if (search.source === 'embedding') return (await readProbe(deps.redis, search.id)) ?? failed('internal')
  if (search.chosenFace !== null) {
    const chosen = await readFace(deps.redis, search.id, search.chosenFace)
    if (chosen) return chosen
  }
  const bytes = await watch('fetch', () => readWhole(deps.storage, VANISHING_BUCKET, selfieKey(search.id)))
  if (!bytes) return failed('internal') // older than an hour, or withdrawn
  try {
    const picture = await watch('decode', () => decodePicture(bytes, SELFIE_LONG_SIDE))
    const reading = await watch('faces', () => deps.engine.readSelfie(picture.pixels))
    if (reading.kind === 'refused') return failed(reading.fault, reading.hints)
    const [only] = reading.faces
    if (only && reading.faces.length === 1) return only
    const chosen = search.chosenFace === null ? undefined : reading.faces[search.chosenFace]
    if (chosen) return chosen
    await keepFaces(deps.redis, search.id, reading.faces)
    return { state: 'choose_face', boxes: reading.faces.map(face => face.box) }
  } catch (error) {
    if (error instanceof PictureRefused) return failed('not_an_image')
    throw error
  }
}

const failed = (code: string, hints: string[] = []): Answer => ({ state: 'failed', code, hints })

async function scan(deps: SearchDeps, search: Search, probe: Probe, watch: Stopwatch): Promise<Answer> {
  const index = await watch('catch_up', () => deps.indexes.upToDate(search.eventId))
  return watch('scan', async () => ({
    state: 'done',
    eventId: search.eventId,
    faceCount: index.size,
    matches: findMatches(index, probe, search.threshold),
  }))
}

/** Deletes what a selfie has left behind, and says so in the row. */
export async function forgetSelfie(
  { db, storage, redis, now }: Pick<SearchDeps, 'db' | 'storage' | 'redis' | 'now'>,
  searchId: string,
): Promise<void> {
  await storage.delete(VANISHING_BUCKET, selfieKey(searchId))
  await forgetProbes(redis, searchId)
  await db.update(searches).set({ selfieDeletedAt: now() }).where(eq(searches.id, searchId))
}
