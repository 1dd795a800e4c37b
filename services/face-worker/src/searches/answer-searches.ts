import type { Db } from '@pix/db/client.ts'
import { searchFaces } from '@pix/jobs/faces.ts'
import type { Log } from '@pix/platform/log.ts'
import type { Live } from '@pix/platform/live.ts'
import type { ChildPool } from '../children/child-pool.ts'
import { indexBytes, indexFaces, measured, observeSteps } from '../worker-metrics.ts'
import { recordAnswer } from './record-answer.ts'
import type { SearchReply } from './search-child.ts'

export type SearchPool = ChildPool<string, SearchReply, { runtime: string }>

interface AnswerDeps {
  db: Db
  now: () => Date
  pool: SearchPool
  live: Live
  log: Log
}

const TRIES = 2

/** Has the search process answer one search, a second time if it broke off. */
export async function answerSearch(deps: AnswerDeps, searchId: string): Promise<void> {
  await measured(searchFaces.queue, async () => {
    const state = await search(deps, searchId)
    await deps.live.publish(`search:${searchId}`)
    return state
  })
}

async function search({ db, now, pool, log }: AnswerDeps, searchId: string): Promise<string> {
  for (let number = 1; number <= TRIES; number++) {
    try {
      const reply = await pool.run(searchId)
      observeSteps(searchFaces.queue, reply.steps)
      indexBytes.set(reply.indexBytes)
      if (reply.state === 'done') indexFaces.set(reply.faces)
      return reply.state
    } catch (error) {
      log.error({ err: error, searchId }, 'a search broke off')
    }
  }
  await recordAnswer({ db, now }, searchId, { state: 'failed', code: 'internal', hints: [] })
  return 'failed'
}
