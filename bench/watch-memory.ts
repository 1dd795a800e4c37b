import { setTimeout as sleep } from 'node:timers/promises'
import { readMetrics } from './read-metrics.ts'

const RSS = /^process_resident_memory_bytes (\S+)/m

/** Resident memory of a service in bytes, from its own metrics. */
export async function residentMemory(metricsUrl: string): Promise<number> {
  const bytes = Number(RSS.exec(await readMetrics(metricsUrl))?.[1])
  if (!Number.isFinite(bytes)) throw new Error(`${metricsUrl} has no process_resident_memory_bytes`)
  return bytes
}

/** The most memory a service held while `work` ran, sampled every 200 ms, and what it held before. */
export async function memoryDuring<T>(
  metricsUrl: string,
  work: () => Promise<T>,
): Promise<{ result: T; before: number; peak: number }> {
  const before = await residentMemory(metricsUrl)
  let peak = before
  const done = new AbortController()
  const watching = (async () => {
    while (!done.signal.aborted) {
      peak = Math.max(peak, await residentMemory(metricsUrl))
      await sleep(200)
    }
  })()
  try {
    return { result: await work(), before, peak }
  } finally {
    done.abort()
    await watching
  }
}
