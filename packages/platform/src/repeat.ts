import { setTimeout as delay } from 'node:timers/promises'
import { Counter, Gauge } from 'prom-client'
import type { Log } from './log.ts'

const lastSuccess = new Gauge({
  name: 'pix_sweep_last_success_timestamp_seconds',
  help: 'When a sweep last succeeded, in Unix time; before its first success, when it was started',
  labelNames: ['sweep'],
})

const failures = new Counter({
  name: 'pix_sweep_failures_total',
  help: 'Runs of a sweep that failed',
  labelNames: ['sweep'],
})

const interval = new Gauge({
  name: 'pix_sweep_interval_seconds',
  help: 'Pause between two runs of a sweep',
  labelNames: ['sweep'],
})

/** A sweep that was started. */
export interface Repeated {
  /** Begins no further run, and resolves when the run under way has ended. */
  stop(): Promise<void>
}

/**
 * Runs a sweep at once, and again each time a pause after it has ended. A run that fails is logged and counted, and the
 * next one comes all the same. Several processes may run the same sweep: rows are claimed or locked.
 *
 * @param sweep its name in the log and in the metrics, in snake_case
 * @param pauseMs between the end of a run and the begin of the next
 */
export function repeat(log: Pick<Log, 'error'>, sweep: string, pauseMs: number, run: () => Promise<unknown>): Repeated {
  const stopping = new AbortController()
  const { signal } = stopping
  interval.set({ sweep }, pauseMs / 1_000)
  failures.inc({ sweep }, 0)
  lastSuccess.set({ sweep }, Date.now() / 1_000)
  const runs = (async () => {
    while (!signal.aborted) {
      try {
        await run()
        lastSuccess.set({ sweep }, Date.now() / 1_000)
      } catch (error) {
        failures.inc({ sweep })
        log.error({ err: error, sweep, nextInMs: pauseMs }, 'a sweep failed; it runs again')
      }
      await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await runs
    },
  }
}
