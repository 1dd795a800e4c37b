import { and, asc, getTableColumns, getTableName, gt, inArray, is, isNotNull, ne, sql } from 'drizzle-orm'
import { type PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../client.ts'
import type { Sealed } from '../schema/columns.ts'
import type { ColumnKeys } from './column-keys.ts'
import { open, seal } from './seal.ts'

const BATCH = 200

/** A sealed column, and the key of its table's rows. */
export interface SealedColumn {
  name: string
  table: PgTable
  column: PgColumn
  rowId: PgColumn
}

/** What happened to the values of a column that another key had sealed. */
export interface Rotated {
  column: string
  resealed: number
  /** Row ids of values that no given key opens. */
  unreadable: string[]
}

/**
 * Every sealed column of a schema, found by its type.
 *
 * @param schema the exports of `schema/index.ts`
 * @throws Error for a table with a sealed column that has no primary key of one column: values are bound to it
 */
export function sealedColumns(schema: Record<string, unknown>): SealedColumn[] {
  const tables = Object.values(schema).filter(value => is(value, PgTable))
  return tables.flatMap(table => {
    const columns: PgColumn[] = Object.values(getTableColumns(table))
    const rowId = columns.find(({ primary }) => primary)
    const sealed = columns.filter(column => column.getSQLType() === 'sealed')
    return sealed.map(column => {
      const name = `${getTableName(table)}.${column.name}`
      if (!rowId) throw new Error(`${name} is sealed, but its table has no primary key of one column`)
      return { name, table, column, rowId }
    })
  })
}

/**
 * Seals with the present key every value that another key has sealed, one transaction for each batch. It may be ended
 * at any time: the next run goes on with what is left. Programs that know both keys may serve meanwhile.
 *
 * @param onBatch called after each batch with the number of values of the column that are resealed
 */
export async function rotateKeys(
  db: Db,
  keys: ColumnKeys,
  columns: readonly SealedColumn[],
  { batch = BATCH, onBatch }: { batch?: number; onBatch?: (soFar: Rotated) => void } = {},
): Promise<Rotated[]> {
  const all: Rotated[] = []
  for (const sealed of columns) {
    const done: Rotated = { column: sealed.name, resealed: 0, unreadable: [] }
    let after: string | null = null
    do {
      after = await rotateBatch(db, keys, sealed, { after, batch, done })
      onBatch?.(done)
    } while (after !== null)
    all.push(done)
  }
  return all
}

/** @returns the last row of the batch, or null when none was left */
async function rotateBatch(
  db: Db,
  keys: ColumnKeys,
  { table, column, rowId }: SealedColumn,
  { after, batch, done }: { after: string | null; batch: number; done: Rotated },
): Promise<string | null> {
  const keyId = sql`convert_from(substring(${column} from 3 for get_byte(${column}, 1)), 'UTF8')`
  const isDue = and(isNotNull(column), ne(keyId, keys.present))
  // The rows are looked for without a lock first: rows that another run has locked would be missing, and look like the
  // end.
  const due = await db
    .select({ id: sql<string>`${rowId}` })
    .from(table)
    .where(and(isDue, after === null ? undefined : gt(rowId, after)))
    .orderBy(asc(rowId))
    .limit(batch)
  const ids = due.map(({ id }) => id)
  if (ids.length === 0) return null
  const unreadable: string[] = []
  const resealed = await db.transaction(async tx => {
    const rows = await tx
      .select({ id: sql<string>`${rowId}`, value: sql<Sealed>`${column}` })
      .from(table)
      .where(and(isDue, inArray(rowId, ids)))
      .orderBy(asc(rowId))
      .for('update')
    for (const { id, value } of rows) {
      const text = openOrNull(keys, column, id, value)
      if (text === null) unreadable.push(id)
      else await tx.execute(replaceValue(table, column, rowId, { id, value: seal(keys, column, id, text) }))
    }
    return rows.length - unreadable.length
  })
  done.resealed += resealed
  done.unreadable.push(...unreadable)
  return ids.at(-1)!
}

const replaceValue = (table: PgTable, column: PgColumn, rowId: PgColumn, to: { id: string; value: Sealed }) =>
  sql`update ${table} set ${sql.identifier(column.name)} = ${to.value} where ${rowId} = ${to.id}`

function openOrNull(keys: ColumnKeys, column: PgColumn, rowId: string, value: Sealed): string | null {
  try {
    return open(keys, column, rowId, value)
  } catch {
    return null
  }
}
