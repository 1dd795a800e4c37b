import type { TestApp } from './test-app.ts'

/** What a process asks once in some seconds with whichever write comes by: whether maintenance pauses the shop. */
const OF_NO_REQUEST = 'from "notices"'

type Asked = [query: string | { text: string }, ...rest: unknown[]]

/** A statement as PostgreSQL was asked. */
interface Statement {
  text: string
  values: unknown[]
}

/** Keeps what is asked of PostgreSQL from here on. @returns what it was, and stops */
export function keepStatements(t: TestApp): () => Statement[] {
  const pool = t.db.$client
  const kept: Statement[] = []
  const watched = new Set<object>()
  const stops: (() => void)[] = []
  function watch(client: { query: (...args: Asked) => unknown }) {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query
    client.query = (...args: Asked) => {
      const text = textOf(args[0])
      if (!text.includes(OF_NO_REQUEST)) kept.push({ text, values: Array.isArray(args[1]) ? args[1] : [] })
      return query.apply(client, args)
    }
    stops.push(() => void (client.query = query))
  }
  const onAcquire = (client: object) => watch(client as never)
  pool.on('acquire', onAcquire)
  return () => {
    pool.off('acquire', onAcquire)
    for (const stop of stops) stop()
    return kept
  }
}

/** Counts what requests ask of PostgreSQL from here on. @returns how much it was, and stops */
export function countStatements(t: TestApp): () => number {
  const kept = keepStatements(t)
  return () => kept().length
}

/** The SQL of a query, in both forms that node-postgres takes. */
const textOf = (query: Asked[0]): string => (typeof query === 'string' ? query : query.text)
