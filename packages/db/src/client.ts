import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool, types } from 'pg'
import * as schema from './schema/index.ts'

// Sums and counts of satang stay far below 2^53; as strings they would be concatenated, not added.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.NUMERIC, Number)

export type Db = ReturnType<typeof connect>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** A connection or a transaction: what a function that joins its caller's transaction takes. */
export type Queryable = Db | Tx

/**
 * Opens a pool. `db.$client.end()` closes it.
 *
 * @param options.connectMs how long a statement waits for a connection, milliseconds: short where somebody waits for an
 *   answer, long where giving up would count as a failed try and the machine may only be busy
 */
export function connect(url: string, options: { max?: number; applicationName?: string; connectMs?: number } = {}) {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'thepixstock',
    connectionTimeoutMillis: options.connectMs ?? 5_000,
  })
  // A lost idle connection is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // A connection that is lost inside a transaction would do so, too: the pool does not listen then, and the
  // transaction's statements fail by themselves.
  pool.on('connect', client => client.on('error', () => undefined))
  return drizzle(pool, { schema })
}
