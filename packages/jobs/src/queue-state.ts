import type { Queue } from 'bullmq'

/** How a queue stands now, and what its workers did in the last hour. */
export interface QueueState {
  waiting: number
  active: number
  delayed: number
  /** Jobs that ended well in the last hour, and in the last five minutes of it. */
  done: { hour: number; fiveMinutes: number }
  failed: { hour: number; fiveMinutes: number }
}

const MINUTE_MS = 60_000
/** Minutes of which workers keep how many jobs ended. */
export const KEPT_MINUTES = 60

/** Reads a queue. Throws when Redis is away. */
export async function readQueue(queue: Queue, now: Date): Promise<QueueState> {
  const [counts, done, failed] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
    queue.getMetrics('completed', 0, KEPT_MINUTES),
    queue.getMetrics('failed', 0, KEPT_MINUTES),
  ])
  return {
    waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
    active: counts['active'] ?? 0,
    delayed: counts['delayed'] ?? 0,
    done: sumMinutes(done, now),
    failed: sumMinutes(failed, now),
  }
}

interface Minutes {
  /** By minute, the newest first. The newest ends at `meta.prevTS`; what ended since is `meta.count` less `meta.prevCount`. */
  data: readonly (number | string)[]
  meta: { count: number | string; prevTS: number | string; prevCount: number | string }
}

/** Adds up minutes. BullMQ writes them when a job ends: while none does, they lie further and further back. */
export function sumMinutes({ data, meta }: Minutes, now: Date): { hour: number; fiveMinutes: number } {
  const written = Number(meta.prevTS)
  if (!Number.isFinite(written) || written === 0) return { hour: 0, fiveMinutes: 0 }
  const behind = Math.max(0, Math.floor((now.getTime() - written) / MINUTE_MS))
  const since = Math.max(0, Number(meta.count) - Number(meta.prevCount))
  const within = (minutes: number) =>
    data.reduce<number>((all, ended, at) => (at + behind < minutes ? all + Number(ended) : all), 0) +
    (behind <= minutes ? since : 0)
  return { hour: within(KEPT_MINUTES), fiveMinutes: within(5) }
}
