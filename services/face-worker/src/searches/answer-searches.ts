import type { Db } from '@pix/db/client.ts'
import { readSelfies, searchFaces, type SearchJob } from '@pix/jobs/faces.ts'
import type { Enqueue, JobOrigin } from '@pix/jobs/job.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Log } from '@pix/platform/log.ts'
import type { Live } from '@pix/platform/live.ts'
import type { ChildPool } from '../children/child-pool.ts'
import { indexBytes, indexFaces, observeSteps } from '../worker-metrics.ts'
import { recordAnswer } from './record-answer.ts'
import type { SearchReply, SearchTask } from './search-child.ts'
import type { SearchWorkers } from './search-workers.ts'
import { tryTwice } from './try-twice.ts'

export type SearchPool = ChildPool<SearchTask, SearchReply, null>

interface AnswerDeps {
  db: Db
  now: () => Date
  pool: SearchPool
  live: Live
  enqueue: Enqueue
  log: Log
}

/**
 * Has a search process answer one search, a second time if it broke off: the one that holds the event's index, as long
 * as it is there and not busy.
 */
export async function answerSearch(deps: AnswerDeps, job: SearchJob): Promise<void> {
  await measured(searchFaces.queue, async () => {
    const { state, published } = await search(deps, job)
    if (!published) await deps.live.publish(`search:${job.searchId}`)
    return state
  })
}

async function search(
  { db, now, pool, log, enqueue }: AnswerDeps,
  { searchId, eventId }: SearchJob,
): Promise<Pick<SearchReply, 'state' | 'published'>> {
  const reply = await tryTwice(
    () => pool.run(searchId, eventId),
    error => log.error({ err: error, searchId }, 'a search broke off'),
  )
  if (!reply) {
    await recordAnswer({ db, now }, searchId, { state: 'failed', code: 'internal', hints: [] })
    return { state: 'failed' }
  }
  observeSteps(searchFaces.queue, reply.steps)
  observeIndexBytes(pool, reply)
  if (reply.unreadOf !== undefined) await enqueue(readSelfies, { searchId, eventId, visitor: reply.unreadOf })
  if (reply.state === 'done') indexFaces.set(reply.faces)
  return reply
}

/** Takes a search from the queue that all workers share: to the worker that holds its event's index, or answers it here. */
export async function routeSearch(
  deps: AnswerDeps & { searchWorkers: SearchWorkers },
  job: SearchJob,
  origin: JobOrigin,
): Promise<void> {
  if (!(await deps.searchWorkers.handOn(job, origin))) await answerSearch(deps, job)
}

/** The bytes that each search process reported last, by its id. */
const held = new Map<number, number>()

function observeIndexBytes(pool: SearchPool, reply: SearchReply): void {
  held.set(reply.pid, reply.indexBytes)
  const there = new Set(pool.pids())
  for (const pid of held.keys()) if (!there.has(pid)) held.delete(pid)
  indexBytes.set([...held.values()].reduce((sum, bytes) => sum + bytes, 0))
}
