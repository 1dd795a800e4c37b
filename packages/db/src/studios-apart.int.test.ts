import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db, Tx } from './client.ts'
import { addStudioRows } from './studio-rows-testing.ts'
import { withStudio } from './tenant.ts'
import { testDb } from './testing.ts'

/**
 * Tables of a studio, found in the catalogue: those that name a studio, an event, a photo or an order, and those that refer to
 * such a table.
 */
const ofStudios = sql`
  with recursive named as (
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and (c.relname = 'studios' or exists (
      select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('studio_id', 'event_id', 'photo_id', 'order_id')))
    union
    select f.conrelid from pg_constraint f join named on named.oid = f.confrelid where f.contype = 'f'
  )
  select oid from named`

/** What is wrong with the tables of studios, and with what `pix_staff` may do. */
async function faults(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ fault: string }>(sql`
    with apart as (${ofStudios}),
    policies as (
      select p.polrelid as oid, r.rolname as role, p.polcmd as cmd, p.polpermissive as permissive,
        pg_get_expr(p.polqual, p.polrelid) as reads, pg_get_expr(p.polwithcheck, p.polrelid) as writes
      from pg_policy p cross join unnest(p.polroles) role join pg_roles r on r.oid = role
    )
    select format('%s is not kept apart: row-level security is off', c.relname) as fault
    from pg_class c join apart using (oid) where not c.relrowsecurity
    union all
    select format('%s has no policy for the role that serves', c.relname) from pg_class c join apart using (oid)
    where not exists (select from policies p
      where p.oid = c.oid and p.role = 'pix_app' and p.cmd = '*' and p.reads = 'true' and p.writes = 'true')
    union all
    select format('%s has no policy for the staff of a studio', c.relname) from pg_class c join apart using (oid)
    where not exists (select from policies p
      where p.oid = c.oid and p.role = 'pix_staff' and p.cmd = '*' and p.reads <> 'true' and p.writes <> 'true')
    union all
    select format('%s: pix_staff may %s it, and it is no table of a studio', c.relname, lower(g.privilege_type))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and r.rolname = 'pix_staff'
      and g.privilege_type <> 'SELECT' and c.oid not in (select oid from apart)
    union all
    select format('pix_staff may %s %s, and pix_app may not', lower(g.privilege_type), c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
    where n.nspname = 'public' and r.rolname = 'pix_staff' and not (case c.relkind
      when 'S' then has_sequence_privilege('pix_app', c.oid, g.privilege_type)
      else has_table_privilege('pix_app', c.oid, g.privilege_type) end)
    union all
    select format('pix_staff may %s %s.%s, and pix_app may not', lower(g.privilege_type), c.relname, a.attname)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    cross join aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
    where r.rolname = 'pix_staff' and not has_column_privilege('pix_app', c.oid, a.attnum, g.privilege_type)
    order by 1`)
  return rows.map(({ fault }) => fault)
}

test('every table of a studio is kept apart by policies, and pix_staff may nothing that pix_app may not', async () => {
  await using t = await testDb()
  const { rows } = await t.db.execute(ofStudios)
  expect(rows.length).toBeGreaterThan(30)
  expect(await faults(t.db)).toEqual([])
})

test('a table of a studio without a policy, a policy that shows everything, and a right beyond pix_app are named', async () => {
  await using t = await testDb()
  const run = (statement: string) => t.owner().execute(sql.raw(statement))
  await run('create table badges (id uuid primary key, studio_id uuid references studios (id))')
  await run('create table badge_uses (badge_id uuid references badges (id))')
  await run('alter table badge_uses enable row level security')
  await run('create policy served on badge_uses to pix_app using (true) with check (true)')
  await run('create policy own_studio on badge_uses to pix_staff using (true) with check (true)')
  await run('grant update on users to pix_staff')
  await run('grant delete on seals to pix_staff')
  expect(await faults(t.db)).toEqual([
    'badge_uses has no policy for the staff of a studio',
    'badges has no policy for the role that serves',
    'badges has no policy for the staff of a studio',
    'badges is not kept apart: row-level security is off',
    'pix_staff may delete seals, and pix_app may not',
    'seals: pix_staff may delete it, and it is no table of a studio',
    'users: pix_staff may update it, and it is no table of a studio',
  ])
})

/** Every table that staff may use with rows of their studio. */
async function staffTables(db: Db): Promise<{ name: string; columns: string[]; key: string[] }[]> {
  const { rows } = await db.execute<{ name: string; columns: string[]; key: string[] }>(sql`
    with apart as (${ofStudios})
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join apart using (oid)
    where has_table_privilege('pix_staff', c.oid, 'select, insert, update, delete') order by 1`)
  return rows
}

/** @returns rows touched, or PostgreSQL's code of its refusal */
const tried = async (tx: Tx, statement: ReturnType<typeof sql>): Promise<number | string> =>
  tx
    .transaction(inner => inner.execute(statement))
    .then(
      ({ rowCount }) => rowCount ?? 0,
      (error: Error) => (error.cause as { code: string }).code,
    )

/** A row as PostgreSQL reads it from JSON: bytes in hex. */
const inJson = (row: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : (value as unknown),
      ]),
    ),
  )

const FORBIDDEN = '42501'

test('as pix_staff nothing of another studio is read, changed, deleted, added or taken over, in any table', async () => {
  await using t = await testDb()
  const [own, other] = [await addStudioRows(t.owner()), await addStudioRows(t.owner())]
  const tables = await staffTables(t.db)
  for (const { name, columns, key } of tables) {
    const table = sql.identifier(name)
    const { rows } = await withStudio(t.db, other, tx => tx.execute(sql`select * from ${table}`))
    const theirs = rows.find(row => !('studio_id' in row) || row.studio_id === other)
    expect([name, theirs]).toEqual([name, expect.anything()])
    const values = sql.join(
      columns.map(column => sql.identifier(column)),
      sql`, `,
    )
    const theirRow = sql`select ${values} from json_populate_record(null::${table}, ${inJson(theirs!)})`
    const isTheirs = sql.join(
      key.map(column => sql`${sql.identifier(column)}::text = ${String(theirs![column])}`),
      sql` and `,
    )
    const column = sql.identifier(key[0]!)
    const got = await withStudio(t.db, own, async tx => ({
      own: await tried(tx, sql`select from ${table}`),
      theirs: await tried(tx, sql`select from ${table} where ${isTheirs}`),
      changed: await tried(tx, sql`update ${table} set ${column} = ${column} where ${isTheirs}`),
      deleted: await tried(tx, sql`delete from ${table} where ${isTheirs}`),
      added: await tried(tx, sql`insert into ${table} (${values}) ${theirRow}`),
      takenOver: await tried(tx, sql`update ${table} set (${values}) = (${theirRow})`),
    }))
    const refused = expect.toSatisfy((answer: unknown) => answer === 0 || answer === FORBIDDEN)
    const wanted = { theirs: 0, changed: refused, deleted: refused, added: FORBIDDEN, takenOver: FORBIDDEN }
    expect([name, got]).toEqual([name, { own: rows.length, ...wanted }])
  }
  expect(tables.length).toBeGreaterThan(30)
})

const countEvents = async (tx: Pick<Tx, 'execute'>) => (await tx.execute(sql`select from events`)).rowCount

test('outside of withStudio staff have no studio, and after it the connection serves again', async () => {
  await using t = await testDb()
  const studio = await addStudioRows(t.owner())
  await t.db.transaction(async tx => {
    await tx.execute(sql`set local role pix_staff`)
    expect(await countEvents(tx)).toBe(0)
  })
  expect(await withStudio(t.db, studio, countEvents)).toBe(1)
  await expect(withStudio(t.db, studio, () => Promise.reject(new Error('rolled back')))).rejects.toThrow('rolled back')
  const { rows } = await t.db.execute(
    sql`select current_user::text as me, current_setting('pix.studio', true) as studio`,
  )
  expect(rows).toEqual([{ me: 'pix_app', studio: '' }])
})

test("staff read no password and no session, and what is no studio's only where their pages need it", async () => {
  await using t = await testDb()
  const studio = await addStudioRows(t.owner())
  const answer = (statement: ReturnType<typeof sql>) => withStudio(t.db, studio, tx => tried(tx, statement))
  expect(await answer(sql`select id, name from users`)).toBe(1)
  for (const statement of [
    sql`select password_hash from users`,
    sql`select from sessions`,
    sql`select from outgoing_mail`,
    sql`select from refresh_tokens`,
    sql`update users set name = 'x'`,
    sql`delete from organizers`,
  ])
    expect(await answer(statement)).toBe(FORBIDDEN)
})
