import type { Log } from '@pix/platform/log.ts'
import { type ChildPool, createChildPool } from '../children/child-pool.ts'
import type { IndexChildSettings } from '../settings.ts'
import { watchChildren } from '../worker-metrics.ts'
import type { ChangeDeps } from './change-model.ts'
import type { WarmWork } from './warm-child.ts'

type WarmPool = ChildPool<WarmWork, number, null>

/** Milliseconds; a hundred thousand faces take seconds. */
const LIMIT = 5 * 60_000

/**
 * Loads indexes in a process that ends with it, so that searches find a snapshot. That only saves them time: what goes
 * wrong is logged.
 */
export function createWarming(
  settings: IndexChildSettings,
  log: Log,
): Pick<ChangeDeps, 'warm'> & { stop(): Promise<void> } {
  const running = new Set<WarmPool>()
  let stopping = false
  watchChildren('warm', () => [...running].flatMap(pool => pool.pids()))
  return {
    async warm(eventId, model) {
      if (stopping) return
      const script = new URL('warm-child.ts', import.meta.url)
      const pool: WarmPool = createChildPool({ script, settings, size: 1, softMs: LIMIT, hardMs: LIMIT, log })
      running.add(pool)
      try {
        await pool.about()
        log.info(
          { eventId, model, faces: await pool.run({ eventId, model }) },
          'an index is ready before it is asked for',
        )
      } catch (error) {
        log.warn({ err: error, eventId, model }, 'an index could not be loaded before it is asked for')
      } finally {
        await pool.stop()
        running.delete(pool)
      }
    },
    async stop() {
      stopping = true
      await Promise.all([...running].map(pool => pool.stop()))
    },
  }
}
