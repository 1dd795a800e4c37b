import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFrom } from '@pix/db/hidden-faces.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { calibrationFor } from '@pix/faces/judge/calibrate.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import { LIVE_PROBE_TTL_SECONDS } from '@pix/jobs/faces.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Storage } from '@pix/platform/storage.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { stopwatch, type Stopwatch } from '../stopwatch.ts'
import { beginSearch } from './begin-search.ts'
import type { EventIndexes } from './event-indexes.ts'
import { forgetSelfie } from './forget-selfie.ts'
import { forgetLiveProbe, keepLiveProbe, type KeptProbe, readFace, readLiveProbe, readProbe } from './probes.ts'
import { type Answer, recordAnswer, recordNews } from './record-answer.ts'

export interface SearchDeps {
  db: Db
  storage: Storage
  redis: Redis
  live: Pick<Live, 'publish'>
  indexes: EventIndexes
  now: () => Date
}

/** How a search ended. Times are milliseconds by step. */
export interface SearchOutcome {
  state: Answer['state'] | 'gone' | 'unread'
  steps: Record<string, number>
  /** Faces that were searched. */
  faces: number
  /** The page that waits for the answer has its hint. */
  published?: boolean
  /** Photos found that were not found before, where the search had its answer already. */
  added?: number
  /** The photos that surely or likely show a face that was compared. */
  photoIds?: string[]
  /** Set where the face is not at hand: the selfie has to be read first. */
  unreadOf?: string
}

/**
 * Answers one face search with the face that a phone or `readSelfie` left in Redis. Repeating it gives the same answer.
 * The selfie and every embedding of it are deleted as soon as the answer is on record and its page has the hint; of a
 * process that dies before it the sweep deletes them (`forgetSearches`).
 */
export async function answerSearch(deps: SearchDeps, searchId: string, signal: AbortSignal): Promise<SearchOutcome> {
  const watch = stopwatch(signal)
  const { steps } = watch
  const search = await begin(deps.db, searchId)
  if (!search) return { state: 'gone', steps, faces: 0 }
  const probe = await findProbe(deps.redis, search)
  if (search.source === 'selfie' && (!probe || isOutdated(probe, search)))
    return { state: 'unread', steps, faces: 0, unreadOf: search.sessionId }
  const answer = probe ? await scan(deps, search, probe, watch) : LOST
  if (probe && answer.state === 'done' && answer.liveUntil)
    await keepLiveProbe(deps.redis, searchId, probe, answer.liveUntil)
  const recorded = await watch('record', () => recordAnswer(deps, searchId, answer))
  if (!recorded) await forgetLiveProbe(deps.redis, searchId)
  await deps.live.publish(`search:${searchId}`)
  await watch('forget', () => forgetSelfie(deps, search))
  return { state: answer.state, steps, faces: answer.state === 'done' ? answer.faceCount : 0, published: true }
}

/** The answer where a phone's embedding is lost: it is kept in Redis alone. */
const LOST: Answer = { state: 'failed', code: 'internal', hints: [] }

/**
 * Looks for what has come since a search had its answer, with its face that is kept for that. It finds what a search of
 * this moment would find; repeating it adds nothing.
 */
export async function lookAgain(deps: SearchDeps, searchId: string, signal: AbortSignal): Promise<SearchOutcome> {
  const watch = stopwatch(signal)
  const { steps } = watch
  const { db, redis, now } = deps
  const [search] = await db
    .select(columns)
    .from(searches)
    .innerJoin(events, eq(events.id, searches.eventId))
    .where(and(eq(searches.id, searchId), eq(searches.state, 'done'), gt(searches.liveUntil, now())))
  if (!search) return { state: 'gone', steps, faces: 0 }
  const probe = await readLiveProbe(redis, searchId)
  if (!probe || isOutdated(probe, search)) {
    await db.update(searches).set({ liveUntil: null }).where(eq(searches.id, searchId))
    await forgetLiveProbe(redis, searchId)
    return { state: 'gone', steps, faces: 0 }
  }
  const found = await scan(deps, search, probe, watch)
  const added = await watch('record', () => recordNews(db, searchId, found))
  return { state: 'done', steps, faces: found.faceCount, added }
}

type Found = Extract<Answer, { state: 'done' }>
type Search = NonNullable<Awaited<ReturnType<typeof begin>>>

/** The revision is read before the index: what it counts is committed. */
const columns = {
  id: searches.id,
  eventId: searches.eventId,
  sessionId: searches.sessionId,
  source: searches.source,
  chosenFace: searches.chosenFace,
  createdAt: searches.createdAt,
  forObjection: searches.forObjection,
  model: events.faceModel,
  bound: events.faceBound,
  revision: events.indexRevision,
  hidden: hiddenFrom(searches),
}

async function begin(db: Db, searchId: string) {
  const [search] = await beginSearch(db, searchId).returning(columns)
  return search
}

/** Until when the search's face is kept for later photos; that of somebody who objects is not kept. */
function liveUntil({ forObjection, createdAt }: Search, now: Date): Date | null {
  const until = new Date(createdAt.getTime() + LIVE_PROBE_TTL_SECONDS * 1_000)
  return forObjection || until <= now ? null : until
}

/** The face that was chosen, or the only one; that of a selfie which was read again, where the chosen one is outdated. */
async function findProbe(redis: Redis, search: Search): Promise<KeptProbe | null> {
  const { id, chosenFace } = search
  const chosen = chosenFace === null ? null : await readFace(redis, id, chosenFace)
  return chosen && !isOutdated(chosen, search) ? chosen : ((await readProbe(redis, id)) ?? chosen)
}

/** The event's photos were read again with other models since this face was made. */
const isOutdated = (probe: KeptProbe, { model }: Search): boolean => model !== null && model !== probe.model

/**
 * An outdated face, which only a phone could make again, is looked for among the faces of its own version: they stay as
 * long as anybody may still ask for them (`rereads/tidy-faces.ts`).
 */
async function scan(deps: SearchDeps, search: Search, probe: KeptProbe, watch: Stopwatch): Promise<Found> {
  const index = await watch('catch_up', () => deps.indexes.upToDate(search.eventId, probe.model))
  const own = isOutdated(probe, search) ? null : search.bound
  return watch('scan', async () => ({
    state: 'done',
    faceCount: index.size,
    revision: search.revision,
    liveUntil: isOutdated(probe, search) ? null : liveUntil(search, deps.now()),
    matches: findMatches(index, probe, own, calibrationFor(index.modelVersion), new Set(search.hidden)),
  }))
}
