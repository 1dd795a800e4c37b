import { sql } from 'drizzle-orm'
import type { Db, Tx } from './client.ts'

/** Nobody asked for this work: it is a sweep's or a job's, and it acts for the installation. */
export interface System {
  caller: null
  buyer: null
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
  from: null,
})

/**
 * Runs `act` for the staff of a studio, in one transaction as the role `pix_staff`: it reads and writes what is this
 * studio's, whatever its statements ask for (docs/decisions/0042). Who may act for the studio is its caller's to check.
 *
 * @param studioId of the resource that the request is about, never what a client says without a check
 * @throws what `act` throws; nothing is written then
 */
export const withStudio = <T>(db: Db, studioId: string, act: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(async tx => {
    await becomeStaff(tx, studioId)
    return act(tx)
  })

/** For the rest of the transaction. `set_config(…, true)` is SET LOCAL: both settings end with the transaction. */
async function becomeStaff(tx: Tx, studioId: string): Promise<void> {
  await tx.execute(sql`select set_config('role', 'pix_staff', true), set_config('pix.studio', ${studioId}, true)`)
}
