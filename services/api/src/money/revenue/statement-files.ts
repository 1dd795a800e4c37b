import type { askStatementFile, getStatementFile, StatementFile } from '@pix/contracts/statement-files.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { totalsOf } from '@pix/db/statements/statement-lines.ts'
import { KEPT } from '@pix/domain/retention.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { drawStatement } from '@pix/jobs/statements.ts'
import { statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { ownAccounts } from './own-accounts.ts'

type Asked = z.output<typeof askStatementFile.schema.body>
type Range = z.output<typeof getStatementFile.schema.querystring>
type Row = typeof statementFiles.$inferSelect

const DAY_MS = 86_400_000
const LINK_SECONDS = 5 * 60

/**
 * Asks the clerk for the PDF of a statement. One that is being drawn goes on; one that is there is drawn again.
 *
 * @throws Problem `not_found` for a studio that the caller does not own
 */
export async function askFile(ctx: CallerContext, party: PayeeParty, asked: Asked): Promise<StatementFile> {
  const { from, to, studio, locale } = asked
  const { ids, payee } = await ownAccounts(ctx, party, studio)
  const { lineCount } = await totalsOf(ctx.db, ids, { from, to })
  const again = {
    payee,
    accountIds: ids,
    locale,
    state: 'queued' as const,
    attempts: 0,
    queuedAt: ctx.now(),
    lineCount,
    linesDrawn: 0,
    bytes: null,
    readyAt: null,
    takenAt: null,
    notifiedAt: null,
  }
  const { userId } = ctx.caller
  const key = { userId, party, ownerId: studio ?? userId, fromDay: from, toDay: to }
  await ctx.db
    .insert(statementFiles)
    .values({ id: ctx.newId(), ...key, ...again })
    .onConflictDoUpdate({
      target: [
        statementFiles.userId,
        statementFiles.party,
        statementFiles.ownerId,
        statementFiles.fromDay,
        statementFiles.toDay,
      ],
      set: again,
      setWhere: inArray(statementFiles.state, ['ready', 'failed']),
    })
  const row = await findFile(ctx, party, asked)
  if (!row) throw notFound()
  await ctx.enqueue(drawStatement, { statementId: row.id })
  return toFile(row)
}

/**
 * The file of a statement. One that was drawn of accounts which belong to somebody else by now is not found. @throws
 * Problem `not_found` as `ownAccounts`
 */
async function findFile(ctx: CallerContext, party: PayeeParty, range: Range): Promise<Row | undefined> {
  const { db, caller } = ctx
  const { ids } = await ownAccounts(ctx, party, range.studio)
  const [row] = await db
    .select()
    .from(statementFiles)
    .where(
      and(
        eq(statementFiles.userId, caller.userId),
        eq(statementFiles.party, party),
        eq(statementFiles.ownerId, range.studio ?? caller.userId),
        eq(statementFiles.fromDay, range.from),
        eq(statementFiles.toDay, range.to),
      ),
    )
  return row?.accountIds.every(id => ids.includes(id)) ? row : undefined
}

const toFile = ({ state, lineCount, linesDrawn, bytes, readyAt }: Row): StatementFile => ({
  state,
  lineCount,
  linesDrawn,
  bytes,
  readyAt: readyAt?.toISOString() ?? null,
  deletedAt: readyAt && new Date(readyAt.getTime() + KEPT.statementDays * DAY_MS).toISOString(),
})

/** How far the PDF of a statement is. @throws Problem `not_found` for a studio that the caller does not own */
export async function readFile(
  ctx: CallerContext,
  party: PayeeParty,
  range: Range,
): Promise<{ file: StatementFile | null }> {
  const row = await findFile(ctx, party, range)
  return { file: row ? toFile(row) : null }
}

/** A link to the PDF. @throws Problem `not_found` where none is ready */
export async function linkFile(ctx: CallerContext, party: PayeeParty, range: Range): Promise<{ url: string }> {
  const row = await findFile(ctx, party, range)
  if (row?.state !== 'ready') throw notFound()
  await ctx.db.update(statementFiles).set({ takenAt: ctx.now() }).where(eq(statementFiles.id, row.id))
  const url = await ctx.storage.signedGetUrl(MAIN_BUCKET, statementKey(row.id), {
    expiresSeconds: LINK_SECONDS,
    filename: `statement-${party}-${range.from}-${range.to}.pdf`,
  })
  return { url }
}
