import type { Db } from '@pix/db/client.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Log } from '@pix/platform/log.ts'
import { eq, sql, type SQL } from 'drizzle-orm'
import { type ChildPool, createChildPool } from '../children/child-pool.ts'
import type { IndexChildSettings } from '../settings.ts'
import { watchChildren } from '../worker-metrics.ts'
import type { GroupOutcome } from './group-event.ts'

type GroupPool = ChildPool<string, GroupOutcome, null>

/** A hundred thousand faces take minutes (`groupPeople`); milliseconds. */
const LIMIT = 15 * 60_000

/** Answers jobs that say who is who. */
export interface GroupAnswers {
  answer(eventId: string): Promise<void>
  /** Ends the one that runs: it is done again by the next worker. */
  stop(): Promise<void>
}

/** Every grouping has a process that ends with it: it is rare, and its index is large. */
export function createGroupAnswers(deps: {
  db: Db
  settings: IndexChildSettings
  log: Log
  now: () => Date
}): GroupAnswers {
  const { db, settings, log, now } = deps
  const running = new Set<GroupPool>()
  let stopping = false
  watchChildren('people', () => [...running].flatMap(pool => pool.pids()))

  async function attempt(eventId: string): Promise<string> {
    const count = (attempts: SQL | number) =>
      db.update(eventPeople).set({ attempts, triedAt: now() }).where(eq(eventPeople.eventId, eventId))
    await count(sql`${eventPeople.attempts} + 1`)
    try {
      const { state, faces, people } = await runChild(eventId)
      if (state === 'grouped') log.info({ eventId, faces, people }, 'the people of an event are grouped')
      await count(0)
      return state
    } catch (error) {
      if (stopping) {
        await count(sql`${eventPeople.attempts} - 1`)
        return 'given_back'
      }
      log.error({ err: error, eventId }, 'a grouping failed')
      return 'failed'
    }
  }

  async function runChild(eventId: string): Promise<GroupOutcome> {
    if (stopping) throw new Error('the worker stops')
    const script = new URL('people-child.ts', import.meta.url)
    const pool: GroupPool = createChildPool({ script, settings, size: 1, softMs: LIMIT, hardMs: LIMIT, log })
    running.add(pool)
    try {
      await pool.about()
      return await pool.run(eventId)
    } finally {
      await pool.stop()
      running.delete(pool)
    }
  }

  return {
    answer: eventId => measured(groupFaces.queue, () => attempt(eventId)),
    async stop() {
      stopping = true
      await Promise.all([...running].map(pool => pool.stop()))
    },
  }
}
