import type { TestApp } from './test-app.ts'

/** Counts what is asked of PostgreSQL from here on. @returns how much it was, and stops */
export function countStatements(t: TestApp): () => number {
  const pool = t.db.$client
  let count = 0
  const counted = new Set<object>()
  const stops: (() => void)[] = []
  function watch(client: { query: (...args: never[]) => unknown }) {
    if (counted.has(client)) return
    counted.add(client)
    const query = client.query
    client.query = (...args: never[]) => {
      count += 1
      return query.apply(client, args)
    }
    stops.push(() => void (client.query = query))
  }
  const onAcquire = (client: object) => watch(client as never)
  pool.on('acquire', onAcquire)
  return () => {
    pool.off('acquire', onAcquire)
    for (const stop of stops) stop()
    return count
  }
}
