import { STATEMENT_FILE_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant } from './columns.ts'
import { payeeParty } from './payees.ts'

export const statementFileState = pgEnum('statement_file_state', STATEMENT_FILE_STATES)

/** PDFs of statements that somebody asked for: the clerk draws them, and a sweep deletes them after some days. */
export const statementFiles = pgTable(
  'statement_files',
  {
    id: id(),
    /** Who asked for it, and reads it. */
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    party: payeeParty('party').notNull(),
    /** The studio of a studio's statement; else the user. */
    ownerId: uuid('owner_id').notNull(),
    /** As the statement names the payee. */
    payee: text('payee').notNull(),
    /** The accounts in the ledger that it is of. */
    accountIds: uuid('account_ids').array().notNull(),
    /** Days in Bangkok, both included. */
    fromDay: date('from_day').notNull(),
    toDay: date('to_day').notNull(),
    /** The language of the letter that says that it is ready. */
    locale: text('locale').notNull(),
    state: statementFileState('state').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** When it was asked for, or its last try began. */
    queuedAt: instant('queued_at').notNull(),
    lineCount: integer('line_count').notNull(),
    linesDrawn: integer('lines_drawn').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }),
    readyAt: instant('ready_at'),
    /** Its reader took it: no letter needs to say that it is ready. */
    takenAt: instant('taken_at'),
    notifiedAt: instant('told_at'),
  },
  t => [
    unique('statement_files_once').on(t.userId, t.party, t.ownerId, t.fromDay, t.toDay),
    check('statement_files_days', sql`${t.fromDay} <= ${t.toDay}`),
    check('statement_files_ready', sql`(${t.state} = 'ready') = (${t.readyAt} is not null)`),
    check('statement_files_bytes', sql`(${t.readyAt} is null) = (${t.bytes} is null)`),
    index('statement_files_to_draw')
      .on(t.queuedAt)
      .where(sql`${t.state} in ('queued', 'drawing')`),
    index('statement_files_ready_at').on(t.readyAt),
  ],
)
