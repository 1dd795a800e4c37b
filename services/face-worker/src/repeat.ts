import type { Log } from '@pix/platform/log.ts'
import { setTimeout as delay } from 'node:timers/promises'

/** Work that comes round. */
export interface Repeated {
  /** Lets the round that runs end, and begins no other. */
  stop(): Promise<void>
}

/** Does something at once and then again, each time `ms` after it ended. A fault is logged and the next round comes. */
export function repeat(log: Log, name: string, ms: number, work: () => Promise<unknown>): Repeated {
  const controller = new AbortController()
  const { signal } = controller
  const rounds = (async () => {
    while (!signal.aborted) {
      await work().catch((error: unknown) =>
        log.warn({ err: error, sweep: name }, 'a sweep failed and will come again'),
      )
      await delay(ms, undefined, { signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      controller.abort()
      await rounds
    },
  }
}
