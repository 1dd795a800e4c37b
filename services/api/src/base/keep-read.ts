/**
 * Keeps what was read for a while, for all who ask: callers who come while it is being read share that read. A read that
 * fails is not kept.
 *
 * @param keptMs how long this value is kept
 */
export function keepRead<T>(now: () => Date, read: () => Promise<T>, keptMs: (value: T) => number): () => Promise<T> {
  let kept: { value: Promise<T>; until: number } | null = null
  return () => {
    if (kept && now().getTime() < kept.until) return kept.value
    const reading = { value: read(), until: Infinity }
    kept = reading
    reading.value.then(
      value => (reading.until = now().getTime() + keptMs(value)),
      () => (kept = null),
    )
    return reading.value
  }
}
