import type { Log } from './log.ts'

const STOP_LIMIT_MS = 20_000

/**
 * Ends a service in order on SIGTERM or SIGINT: the given steps one after the other, then the process. A step that
 * hangs is cut off after 20 s; a second signal ends at once.
 */
export function stopOnSignal(log: Log, steps: readonly (() => Promise<unknown>)[]): void {
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    for (const step of steps)
      await step().catch((error: unknown) => log.error({ err: error }, 'a step of stopping failed'))
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', signal => void stop(signal))
  process.on('SIGINT', signal => void stop(signal))
}
