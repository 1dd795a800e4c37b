import type { Db } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/** SQL's `new_id()` for statements that write many rows: ids as ours, of version 7. */
export const makeNewId = (owner: Db) =>
  owner.execute(sql`create function new_id() returns uuid language sql volatile as $$
    select overlay(gen_random_uuid()::text placing '7' from 15 for 1)::uuid $$`)

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
