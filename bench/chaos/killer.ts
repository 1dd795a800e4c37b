import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@pix/stack/start/stack.ts'

/**
 * Kills the api and the clerk in turn, every few seconds, until it is stopped.
 *
 * @returns what stops it, and then tells how often it killed
 */
export function killInTurn({ crash }: Stack, everyMs: number): { stop(): Promise<number> } {
  const end = new AbortController()
  const run = async () => {
    for (let kills = 0; ; kills += 1) {
      await sleep(everyMs)
      if (end.signal.aborted) return kills
      await crash(kills % 2 === 0 ? 'api' : 'clerk')
    }
  }
  const done = run()
  return {
    stop: () => {
      end.abort()
      return done
    },
  }
}
