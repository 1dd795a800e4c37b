/**
 * Lets callers who ask for the same thing at the same time share one read. Callers who ask while a read is running
 * share the next one. Nothing is cached: every answer was read after it was asked for.
 *
 * @returns a function that asks. Callers with the same key must ask for the same thing
 */
export function shareReads<T>(): (key: string, read: () => Promise<T>) => Promise<T> {
  const readings = new Map<string, { now: Promise<T>; next: Promise<T> | null }>()

  function begin(key: string, read: () => Promise<T>): Promise<T> {
    const now = read()
    const reading = { now, next: null }
    readings.set(key, reading)
    const end = () => readings.get(key) === reading && reading.next === null && readings.delete(key)
    now.then(end, end)
    return now
  }

  return (key, read) => {
    const reading = readings.get(key)
    if (!reading) return begin(key, read)
    const afterwards = () => begin(key, read)
    reading.next ??= reading.now.then(afterwards, afterwards)
    return reading.next
  }
}
