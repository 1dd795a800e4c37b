import { setTimeout as delay } from 'node:timers/promises'
import { Counter, Gauge } from 'prom-client'
import type { Log } from './log.ts'
import { reasonOf } from './reason-of.ts'
import type { SweepBoard } from './sweep-board.ts'

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

let board: SweepBoard | undefined

/** From here on the sweeps that this process starts keep there how they ran, and run when they are asked for there. */
export function keepSweepsOn(where: SweepBoard): void {
  board = where
}

/**
 * Runs a sweep at once, and again each time a pause after it has ended, or as soon as somebody asks for it. A run that
 * fails is logged and counted, and the next one comes all the same. Several processes may run the same sweep: rows are
 * claimed or locked.
 *
 * @param sweep its name in the log and in the metrics, in snake_case
 * @param pauseMs between the end of a run and the begin of the next
 */
export function repeat(log: Pick<Log, 'error'>, sweep: string, pauseMs: number, run: () => Promise<unknown>): Repeated {
  const stopping = new AbortController()
  const { signal } = stopping
  const [pause, kept] = [pauseUntilAsked(sweep, pauseMs, signal), board]
  interval.set({ sweep }, pauseMs / 1_000)
  failures.inc({ sweep }, 0)
  lastSuccess.set({ sweep }, Date.now() / 1_000)
  const runs = (async () => {
    while (!signal.aborted) {
      const startedAt = Date.now()
      let failure: string | null = null
      try {
        await run()
        lastSuccess.set({ sweep }, Date.now() / 1_000)
      } catch (error) {
        failures.inc({ sweep })
        failure = reasonOf(error)
        log.error({ err: error, sweep, nextInMs: pauseMs }, 'a sweep failed; it runs again')
      }
      await kept?.keep(sweep, { startedAt, endedAt: Date.now(), pauseMs, failure })
      await pause.over()
    }
  })()
  return {
    async stop() {
      stopping.abort()
      pause.end()
      await runs
    },
  }
}

/** The pause between two runs: over when its time is, when somebody asks for a run, or has asked during the last one. */
function pauseUntilAsked(sweep: string, pauseMs: number, stopping: AbortSignal) {
  let asked = new AbortController()
  const listening = board?.whenAsked(sweep, () => asked.abort())
  return {
    async over() {
      await delay(pauseMs, undefined, { signal: AbortSignal.any([stopping, asked.signal]) }).catch(() => undefined)
      if (asked.signal.aborted) asked = new AbortController()
    },
    end: () => listening?.end(),
  }
}
