import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'

/**
 * Append only. A seal says what rows there were of a kind, from one position to another: their hashes are the leaves of a
 * Merkle tree, and the seal's root is made from that tree's and from the root of the seal before.
 */
export const seals = pgTable(
  'seals',
  {
    /** What is sealed, such as `audit`. */
    kind: text('kind').notNull(),
    /** 1, 2, 3 … for each kind. */
    number: integer('number').notNull(),
    /** Every row of these positions is in the seal; a transaction that was taken back leaves its position empty. */
    firstPosition: bigint('first_position', { mode: 'number' }).notNull(),
    lastPosition: bigint('last_position', { mode: 'number' }).notNull(),
    /** The positions of the rows, in order. */
    positions: bigint('positions', { mode: 'number' }).array().notNull(),
    /** SHA-256 of each row, 32 bytes each, in the same order: they show which row was changed. */
    leaves: bytea('leaves').notNull(),
    /** How rows were written down to be hashed. */
    format: smallint('format').notNull(),
    /** SHA-256, hex. */
    treeRoot: text('tree_root').notNull(),
    previousRoot: text('previous_root').notNull(),
    root: text('root').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.kind, t.number] }),
    index('seals_last_position').on(t.kind, t.lastPosition),
    check('seals_number', sql`${t.number} > 0`),
    check('seals_positions', sql`${t.lastPosition} >= ${t.firstPosition} and cardinality(${t.positions}) > 0`),
    check('seals_leaves', sql`octet_length(${t.leaves}) = 32 * cardinality(${t.positions})`),
  ],
)
