import type { TestApp } from './test-app.ts'

/** What a process asks once in some seconds with whichever write comes by: whether maintenance pauses the shop. */
const OF_NO_REQUEST = 'from "notices"'

type Asked = [query: string | { text: string }, ...rest: unknown[]]

/** Counts what requests ask of PostgreSQL from here on. @returns how much it was, and stops */
export function countStatements(t: TestApp): () => number {
  const pool = t.db.$client
  let count = 0
  const counted = new Set<object>()
  const stops: (() => void)[] = []
  function watch(client: { query: (...args: Asked) => unknown }) {
    if (counted.has(client)) return
    counted.add(client)
    const query = client.query
    client.query = (...args: Asked) => {
      if (!textOf(args[0]).includes(OF_NO_REQUEST)) count += 1
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

/** The SQL of a query, in both forms that node-postgres takes. */
const textOf = (query: Asked[0]): string => (typeof query === 'string' ? query : query.text)
