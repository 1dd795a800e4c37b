import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect, type Db } from './client.ts'

/** How the database knows the connections that are cut. */
const DYING = 'thepixstock-dying'

/**
 * A process's way to the database, which is cut at its n-th statement: as when the process is killed before it sends the
 * statement, or after, so that nobody gets the answer.
 */
export function dyingDb(url: string, n: number, sent: 'before' | 'after'): Db {
  // Several, since a connection whose `begin` failed is never given back.
  const db = connect(url, { max: 4, connectMs: 60_000, applicationName: DYING })
  let statements = 0
  db.$client.on('connect', client => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    const counted = (...args: unknown[]) => {
      statements += 1
      if (statements >= n && sent === 'before') stream.destroy()
      const answer = query(...args)
      if (statements >= n) stream.destroySoon()
      return answer
    }
    Object.assign(client, { query: counted })
    client.on('error', () => undefined)
  })
  return db
}

/** Whether the server is done with the connections that were cut: it may still be at the last statement that reached it. */
export async function areDead(db: Db): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from pg_stat_activity where datname = current_database() and application_name = ${DYING}`)
  return rows.length === 0
}

/**
 * Does some work over and over, each time on a connection that is cut one statement later, until the work comes to its
 * end.
 *
 * @param work on the connection that dies; a failure counts as the death of its process
 * @param after looks at what was left, once the server is done with it
 * @returns how many times the process died
 */
export async function killedAtEach(
  { url, db, sent }: { url: string; db: Db; sent: 'before' | 'after' },
  work: (dying: Db) => Promise<unknown>,
  after: () => Promise<void>,
): Promise<number> {
  for (let deaths = 0; ; deaths += 1) {
    const dying = dyingDb(url, deaths + 1, sent)
    const hasLived = await work(dying).then(
      () => true,
      () => false,
    )
    // Not awaited: drizzle gives a connection whose `begin` failed never back.
    void dying.$client.end()
    while (!(await areDead(db))) await delay(20)
    await after()
    if (hasLived) return deaths
  }
}
