import type { Db } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/**
 * SQL's `new_id(at)` for statements that write many rows: ids as ours, of version 7, which begin with the milliseconds of
 * their moment. Rows of one time lie together in an index, as they do in a shop.
 */
export const makeNewId = (owner: Db) =>
  owner.execute(sql`create function new_id(at timestamptz default clock_timestamp()) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
      || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid $$`)

/** Acts while the triggers of these tables rest, which would check row by row what is right as it is made. */
export async function withTriggersResting(
  owner: Db,
  tables: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const all = (what: 'disable' | 'enable') =>
    owner.execute(sql.raw(tables.map(table => `alter table ${table} ${what} trigger user`).join('; ')))
  await all('disable')
  await act()
  await all('enable')
  await owner.execute('analyze')
}
