/** Runs a step and keeps how long it took. */
export interface Stopwatch {
  <T>(step: string, work: () => Promise<T>): Promise<T>
  /** Milliseconds by step. */
  readonly steps: Record<string, number>
}

/** @param signal no further step begins once it is aborted */
export function stopwatch(signal: AbortSignal): Stopwatch {
  const steps: Record<string, number> = {}
  const watch = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    const begun = performance.now()
    try {
      return await work()
    } finally {
      steps[step] = performance.now() - begun
    }
  }
  return Object.assign(watch, { steps })
}
