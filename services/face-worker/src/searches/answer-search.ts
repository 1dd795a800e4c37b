import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFrom } from '@pix/db/hidden-faces.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { calibrationFor } from '@pix/faces/judge/calibrate.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import type { Storage } from '@pix/platform/storage.ts'
import type { Redis } from 'ioredis'
import { stopwatch, type Stopwatch } from '../stopwatch.ts'
import { beginSearch } from './begin-search.ts'
import type { EventIndexes } from './event-indexes.ts'
import { forgetSelfie } from './forget-selfie.ts'
import { type KeptProbe, readFace, readProbe } from './probes.ts'
import { type Answer, recordAnswer } from './record-answer.ts'

export interface SearchDeps {
  db: Db
  storage: Storage
  redis: Redis
  indexes: EventIndexes
  now: () => Date
}

/** How a search ended. Times are milliseconds by step. */
export interface SearchOutcome {
  state: Answer['state'] | 'gone' | 'unread'
  steps: Record<string, number>
  /** Faces that were searched. */
  faces: number
  /** Whose selfie is to be read first: its face is not at hand, or no longer. */
  unreadOf?: string
}

/**
 * Answers one face search with the face that a phone or `readSelfie` left in Redis. Repeating it gives the same answer.
 * The selfie and every embedding of it are deleted as soon as the answer is on record.
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
  await watch('record', () => recordAnswer(deps, searchId, answer))
  await watch('forget', () => forgetSelfie(deps, searchId))
  return { state: answer.state, steps, faces: answer.state === 'done' ? answer.faceCount : 0 }
}

/** A phone's embedding is nowhere else than in Redis. */
const LOST: Answer = { state: 'failed', code: 'internal', hints: [] }

type Search = NonNullable<Awaited<ReturnType<typeof begin>>>

async function begin(db: Db, searchId: string) {
  const [search] = await beginSearch(db, searchId).returning({
    id: searches.id,
    eventId: searches.eventId,
    sessionId: searches.sessionId,
    source: searches.source,
    chosenFace: searches.chosenFace,
    model: events.faceModel,
    bound: events.faceBound,
    hidden: hiddenFrom(searches),
  })
  return search
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
 * An outdated face, which only a phone could make anew, is looked for among the faces of its own version: they stay as
 * long as anybody may still ask for them (`rereads/tidy-faces.ts`).
 */
async function scan(deps: SearchDeps, search: Search, probe: KeptProbe, watch: Stopwatch): Promise<Answer> {
  const index = await watch('catch_up', () => deps.indexes.upToDate(search.eventId, probe.model))
  const own = isOutdated(probe, search) ? null : search.bound
  return watch('scan', async () => ({
    state: 'done',
    eventId: search.eventId,
    faceCount: index.size,
    matches: findMatches(index, probe, own, calibrationFor(index.modelVersion), new Set(search.hidden)),
  }))
}
