import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'
import type { Person } from './persons.ts'

/** Whose request it is: a line of the table and a person. */
interface Asking {
  line: string
  person: Person
}

/** A statement on a table of studios that a request sent as `pix_app`. */
export interface OpenStatement extends Asking {
  text: string
}

type Ask = string | { text: string }
type Query = (ask: Ask, ...more: unknown[]) => unknown
interface Connection {
  query: Query
  release: (broken?: Error | boolean) => void
}

const TABLE = /\b(?:from|join|into|update)\s+"?(\w+)"?/gi
/** The statement that becomes `pix_staff`: it finds the studio as `pix_app`. */
const BECOMES_STAFF = `set_config('role', 'pix_staff'`

/**
 * Records the statements that PostgreSQL gets, and the role of each.
 *
 * @returns `during` sends a request; `open` are the statements of all of them that no policy of a studio held for
 */
export async function watchRoles(db: Db) {
  const { rows } = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_policies where 'pix_staff' = any(roles)`,
  )
  const ofStudios = new Set(rows.map(({ name }) => name))
  const asking = new AsyncLocalStorage<Asking>()
  const open: OpenStatement[] = []
  const onStatement = (text: string) => {
    const who = asking.getStore()
    if (who === undefined || text.includes(BECOMES_STAFF)) return
    if ([...text.matchAll(TABLE)].some(([, table]) => ofStudios.has(table!))) open.push({ ...who, text })
  }
  watchPool(db, onStatement)
  return { open, during: <T>(who: Asking, act: () => Promise<T>): Promise<T> => asking.run(who, act) }
}

const textOf = (ask: Ask): string => (typeof ask === 'string' ? ask : ask.text)

/**
 * Calls `onStatement` for each statement that the pool sends as `pix_app`: by itself, or in a transaction that is no
 * staff's.
 */
function watchPool(db: Db, onStatement: (text: string) => void): void {
  const pool = db.$client
  const query = pool.query.bind(pool) as Query
  const connect = pool.connect.bind(pool) as unknown as (done?: unknown) => Promise<Connection>
  Object.assign(pool, {
    query: (ask: Ask, ...more: unknown[]) => {
      onStatement(textOf(ask))
      return query(ask, ...more)
    },
    // The pool's own `query` connects with a callback, and its statement was recorded already.
    connect: async (done?: unknown) =>
      done === undefined ? watchTransaction(await connect(), onStatement) : connect(done),
  })
}

/** Watches a connection that drizzle took for a transaction. */
function watchTransaction(client: Connection, onStatement: (text: string) => void): Connection {
  const query = client.query.bind(client) as Query
  const release = client.release.bind(client)
  let isStaff = false
  const watched: Query = (ask, ...more) => {
    const text = textOf(ask)
    if (!isStaff) onStatement(text)
    if (text.includes(BECOMES_STAFF)) isStaff = true
    return query(ask, ...more)
  }
  return Object.assign(client, {
    query: watched,
    release: (broken?: Error | boolean) => {
      Reflect.deleteProperty(client, 'query')
      release(broken)
    },
  })
}
