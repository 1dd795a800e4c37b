import type { Db } from '@pix/db/client.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { KEPT } from '@pix/domain/retention.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Storage } from '@pix/platform/storage.ts'
import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { forgetSelfie } from './forget-selfie.ts'
import type { SearchWorkers } from './search-workers.ts'

export interface SearchSweepDeps {
  db: Db
  storage: Storage
  redis: Redis
  enqueue: Enqueue
  live: Live
  now: () => Date
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** A search without an answer this long after it was asked has failed: its customer has long gone on. */
const GIVE_UP = 2 * MINUTE
/** A job may be lost. A row that is older than this has no job on its way. */
const UNANSWERED = 3 * SECOND
/** A selfie goes within the hour (spec/20): this leaves the sweep time to come round. */
const SELFIE_KEPT = (KEPT.selfieMinutes - 5) * MINUTE
const RESULTS_KEPT = KEPT.resultsDays * 24 * 60 * MINUTE

/**
 * Enqueues again the searches that nobody answered, and ends those that wait in vain. What waits in the own queue of a
 * worker that is there has its job.
 */
export async function enqueueSearches(
  deps: SearchSweepDeps & { searchWorkers: Pick<SearchWorkers, 'queues'> },
): Promise<void> {
  const { db, enqueue, now } = deps
  await failSearches(deps)
  const queues = [searchFaces, readSelfies, ...(await deps.searchWorkers.queues())]
  const open = (await Promise.all(queues.map(queue => enqueue.keys(queue)))).flat()
  const unanswered = await db
    .select({
      searchId: searches.id,
      eventId: searches.eventId,
      visitor: searches.sessionId,
      unread: sql<boolean>`${searches.source} = 'selfie' and ${searches.chosenFace} is null`,
    })
    .from(searches)
    .where(
      and(
        inArray(searches.state, ['queued', 'processing']),
        lt(searches.askedAt, before(now, UNANSWERED)),
        notAmong(searches.id, open),
      ),
    )
  for (const { searchId, eventId, visitor, unread } of unanswered) {
    if (unread) await enqueue(readSelfies, { searchId, eventId, visitor })
    else await enqueue(searchFaces, { searchId, eventId })
  }
}

async function failSearches({ db, live, now }: SearchSweepDeps): Promise<void> {
  const failed = await db
    .update(searches)
    .set({ state: 'failed', problemCode: 'internal', finishedAt: now() })
    .where(
      or(
        and(inArray(searches.state, ['queued', 'processing']), lt(searches.askedAt, before(now, GIVE_UP))),
        and(eq(searches.state, 'choose_face'), lt(searches.createdAt, before(now, SELFIE_KEPT))),
      ),
    )
    .returning({ id: searches.id })
  for (const { id } of failed) await live.publish(`search:${id}`)
}

/** Deletes what has had its time: selfies and their embeddings, and results after 7 days. */
export async function forgetSearches(deps: SearchSweepDeps): Promise<void> {
  const { db, now } = deps
  const due = await db
    .select({ id: searches.id, source: searches.source })
    .from(searches)
    .where(
      and(
        isNull(searches.selfieDeletedAt),
        or(
          lt(searches.createdAt, before(now, SELFIE_KEPT)),
          and(isNotNull(searches.finishedAt), lt(searches.finishedAt, before(now, UNANSWERED))),
        ),
      ),
    )
  for (const search of due) await forgetSelfie(deps, search)
  await db.delete(searches).where(lt(searches.createdAt, before(now, RESULTS_KEPT)))
}

const before = (now: () => Date, ms: number) => new Date(now().getTime() - ms)
