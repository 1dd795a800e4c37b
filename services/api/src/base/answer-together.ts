/**
 * Lets readers who ask for the same at the same time share one read: those who ask while one is under way are
 * answered by the next, all together. Nothing is kept, so nothing can be out of date: every answer was read
 * after it was asked for.
 *
 * @returns asks; readers with the same key must want the same
 */
export function answerTogether<T>(): (key: string, read: () => Promise<T>) => Promise<T> {
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
