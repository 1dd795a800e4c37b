import { Counter, Gauge, Histogram } from 'prom-client'

/** From a quick query to a long job. */
export const JOB_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

const jobsEnded = new Counter({
  name: 'pix_jobs_total',
  help: 'Jobs by how they ended',
  labelNames: ['queue', 'outcome'],
})

const jobSeconds = new Histogram({
  name: 'pix_job_seconds',
  help: 'Time taken by a whole job',
  labelNames: ['queue'],
  buckets: JOB_BUCKETS,
})

export const queueDepth = new Gauge({
  name: 'pix_queue_depth',
  help: 'Jobs waiting or running',
  labelNames: ['queue'],
})

const backlogAge = new Gauge({
  name: 'pix_backlog_oldest_seconds',
  help: 'How long the row that waits longest has waited, in the database',
  labelNames: ['queue'],
})

const backlogRows = new Gauge({
  name: 'pix_backlog_rows',
  help: 'Rows that wait, in the database',
  labelNames: ['queue'],
})

/** Measures a job as a whole, and counts how it ended. */
export async function measured(queue: string, job: () => Promise<string>): Promise<void> {
  const stop = jobSeconds.startTimer({ queue })
  let outcome = 'failed'
  try {
    outcome = await job()
  } finally {
    stop()
    jobsEnded.inc({ queue, outcome })
  }
}

/** The rows that wait for a queue. */
interface Backlog {
  rows: number
  /** Since when the row that waits longest has waited. */
  oldest: Date | null
}

/** Puts into the metrics how much waits for a queue, and for how long. */
export function observeBacklog(queue: string, { rows, oldest }: Backlog, depth: number, now: Date): void {
  backlogRows.set({ queue }, rows)
  backlogAge.set({ queue }, oldest ? (now.getTime() - oldest.getTime()) / 1_000 : 0)
  queueDepth.set({ queue }, depth)
}
