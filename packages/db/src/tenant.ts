import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from './client.ts'

/** The context of work that no person asked for: a sweep or a job, which acts for the installation. */
export interface System {
  caller: null
  buyer: null
  browser: null
  from: null
}

/**
 * What a sweep or a job hands to use cases: it acts for no person, and may touch the rows of every event.
 *
 * @param deps what its program was built with
 */
export const asSystem = <D extends object>(deps: D): D & System => ({
  ...deps,
  caller: null,
  buyer: null,
  browser: null,
  from: null,
})

/**
 * Runs `act` for the staff of a studio, in one transaction as the role `pix_staff`: it reads and writes what is this
 * studio's, whatever its statements ask for (docs/decisions/0042).
 *
 * @param studio whose: an id, or the SQL that finds it as `pix_app`, in the same transaction. Who may act for the studio is a
 *   condition of that SQL, or the first question of `act`
 * @param act gets null for a studio that the SQL did not find, and sees no studio's rows then
 * @throws what `act` throws; nothing is written then
 */
export const withStudio = <T>(
  db: Db,
  studio: string | SQL,
  act: (tx: Tx, studioId: string | null) => Promise<T>,
): Promise<T> => db.transaction(async tx => act(tx, await becomeStaff(tx, studio)))

/**
 * Becomes the staff's role for the rest of the transaction. `set_config(…, true)` is SET LOCAL: both settings end with
 * the transaction.
 */
async function becomeStaff(tx: Tx, studio: string | SQL): Promise<string | null> {
  const { rows } = await tx.execute<{ studio: string }>(sql`
    select set_config('pix.studio', (${studio})::text, true) as studio, set_config('role', 'pix_staff', true)`)
  return rows[0]?.studio || null
}
