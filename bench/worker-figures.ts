import { readMetrics } from './read-metrics.ts'

/** What the worker's metrics report about its children. */
export interface WorkerFigures {
  /** Processor seconds used by the photo processes so far. */
  cpuSeconds: number
  /** Resident bytes of all photo processes. */
  photoBytes: number
  /** Resident bytes of the processes that answer searches and of those that read selfies. */
  searchBytes: number
  /** Mean milliseconds of each step so far. */
  steps: Record<string, number>
}

export async function workerFigures(metricsUrl: string): Promise<WorkerFigures> {
  const lines = (await readMetrics(metricsUrl)).split('\n')
  const sum = (name: string, kinds = ['photos']) =>
    lines
      .filter(line => line.startsWith(`${name}{`) && kinds.some(kind => line.includes(`kind="${kind}"`)))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  const ofStep = (suffix: string, step: string) =>
    Number(
      lines
        .find(line => line.startsWith(`pix_step_seconds_${suffix}{queue="photos-process",step="${step}"}`))
        ?.split(' ')
        .at(-1) ?? 0,
    )
  const names = ['fetch', 'decode', 'metadata', 'faces', 'derivatives', 'fingerprint', 'store', 'record']
  return {
    cpuSeconds: sum('pix_child_cpu_seconds'),
    photoBytes: sum('pix_child_resident_memory_bytes'),
    searchBytes: sum('pix_child_resident_memory_bytes', ['searches', 'selfies']),
    steps: Object.fromEntries(
      names.map(step => [step, (1_000 * ofStep('sum', step)) / Math.max(ofStep('count', step), 1)]),
    ),
  }
}
