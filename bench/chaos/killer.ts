import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to the shop, by its name. */
export type Blows = Readonly<Record<string, () => Promise<void>>>

/**
 * Does each of these to the shop in turn, every few seconds, until it is stopped.
 *
 * @returns a function that stops it and returns how often each was done
 */
export function strikeInTurn(blows: Blows, everyMs: number): { stop(): Promise<Record<string, number>> } {
  const end = new AbortController()
  const struck = Object.fromEntries(Object.keys(blows).map(name => [name, 0]))
  const run = async () => {
    for (;;) {
      for (const [name, strike] of Object.entries(blows)) {
        await sleep(everyMs)
        if (end.signal.aborted) return struck
        await strike()
        struck[name]! += 1
      }
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
