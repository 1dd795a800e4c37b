import { baht } from '@pix/contracts/common.ts'
import type {
  listPayoutBatches as contract,
  PayoutBatch,
  PayoutBatchWithLines,
  PayoutLine,
} from '@pix/contracts/payouts.ts'
import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { documents } from '@pix/db/schema/documents.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { and, asc, count, desc, eq, sql, type SQL, sum } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { notFound } from '../../base/problem.ts'
import { payeeKey } from '../../people/payees/index.ts'
import { actForStudio, inStudio, isMemberOf } from '../../people/studios/index.ts'
import { lineNumber } from './line-number.ts'
import { namesOf } from './names-of.ts'
import { shortAccount } from './payable.ts'

type Query = z.output<typeof contract.schema.querystring>
type Answer = z.output<(typeof contract.schema.response)[200]>

/** Batches of a studio, newest first, by (draftedAt, id). @throws Problem `not_found` for who does not own it */
export const listBatches = (ctx: CallerContext, { studio, limit, cursor }: Query): Promise<Answer> =>
  inStudio(ctx, studio, ['owner'], async staff => {
    const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
    const found = await selectBatches(
      staff.db,
      and(
        eq(payoutBatches.studioId, studio),
        after === null
          ? undefined
          : sql`(${payoutBatches.draftedAt}, ${payoutBatches.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    ).limit(limit + 1)
    const rows = found.slice(0, limit)
    const last = found.length > rows.length ? rows.at(-1) : undefined
    return {
      items: rows.map(toBatch),
      nextCursor: last ? encodeCursor([last.row.draftedAt.getTime(), last.row.id]) : null,
    }
  })

const [drafter, approver, exporter] = [alias(users, 'drafter'), alias(users, 'approver'), alias(users, 'exporter')]

/** SQL: lines in a state. */
const inState = (state: string) => sql<number>`count(*) filter (where ${payoutLines.state} = ${state})`.mapWith(Number)

function selectBatches(db: Queryable, which: SQL | undefined) {
  return db
    .select({
      row: payoutBatches,
      draftedBy: drafter.name,
      approvedBy: approver.name,
      exportedBy: exporter.name,
      gross: sum(payoutLines.gross).mapWith(Number),
      withheld: sum(payoutLines.withheld).mapWith(Number),
      net: sum(payoutLines.net).mapWith(Number),
      lines: count(payoutLines.id),
      paid: inState('paid'),
      bounced: inState('bounced'),
    })
    .from(payoutBatches)
    .leftJoin(payoutLines, eq(payoutLines.batchId, payoutBatches.id))
    .leftJoin(drafter, eq(drafter.id, payoutBatches.draftedBy))
    .leftJoin(approver, eq(approver.id, payoutBatches.approvedBy))
    .leftJoin(exporter, eq(exporter.id, payoutBatches.exportedBy))
    .where(which)
    .groupBy(payoutBatches.id, drafter.name, approver.name, exporter.name)
    .orderBy(desc(payoutBatches.draftedAt), desc(payoutBatches.id))
    .$dynamic()
}

type Selected = Awaited<ReturnType<typeof selectBatches>>[number]

const toBatch = ({
  row,
  draftedBy,
  approvedBy,
  exportedBy,
  gross,
  withheld,
  net,
  ...counts
}: Selected): PayoutBatch => ({
  id: row.id,
  studioId: row.studioId,
  number: row.number,
  state: row.state,
  draftedAt: row.draftedAt.toISOString(),
  draftedBy,
  approvedAt: row.approvedAt?.toISOString() ?? null,
  approvedBy,
  exportedAt: row.exportedAt?.toISOString() ?? null,
  exportedBy,
  gross: baht(gross ?? 0),
  withheld: baht(withheld ?? 0),
  net: baht(net ?? 0),
  ...counts,
})

/** A batch with its lines, for the staff of its studio. */
export async function describeBatch(staff: StaffContext, batchId: string): Promise<PayoutBatchWithLines> {
  const [found] = await selectBatches(staff.db, eq(payoutBatches.id, batchId))
  if (!found) throw notFound()
  return { batch: toBatch(found), lines: await describeLines(staff, found.row) }
}

async function describeLines(staff: StaffContext, batch: Selected['row']): Promise<PayoutLine[]> {
  const rows = await staff.db
    .select({ line: payoutLines, account: payeeAccounts, certificate: { id: documents.id, number: documents.number } })
    .from(payoutLines)
    .innerJoin(payeeAccounts, eq(payeeAccounts.id, payoutLines.accountId))
    .leftJoin(documents, and(eq(documents.sourceKind, 'payout'), eq(documents.sourceId, payoutLines.id)))
    .where(eq(payoutLines.batchId, batch.id))
    .orderBy(asc(payoutLines.position))
  const names = await namesOf(
    staff.db,
    rows.map(({ line }) => line),
  )
  return rows.map(({ line, account, certificate }) => ({
    id: line.id,
    number: lineNumber(batch.number, line),
    party: line.party,
    payeeId: line.ownerId,
    name: names.get(payeeKey(line)) ?? '',
    state: line.state,
    gross: baht(line.gross),
    base: baht(line.base),
    withholdingBp: line.withholdingBp,
    withheld: baht(line.withheld),
    net: baht(line.net),
    account: shortAccount(staff, account),
    paidAt: line.paidAt?.toISOString() ?? null,
    reference: line.reference,
    bounceReason: line.bounceReason,
    certificate: certificate && { ...certificate, void: line.state === 'bounced' },
  }))
}

/**
 * Runs `act` for the staff of a batch's studio. For anybody else the batch does not exist.
 *
 * @throws Problem `not_found`
 */
export function manageBatch<T>(
  ctx: CallerContext,
  batchId: string,
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> {
  const mine = and(eq(payoutBatches.id, batchId), isMemberOf(ctx, payoutBatches.studioId, ['owner']))
  return actForStudio(ctx, sql`select ${payoutBatches.studioId} from ${payoutBatches} where ${mine}`, act)
}

/**
 * Runs `act` for the platform, which holds the money: in one transaction that is no studio's, since it writes letters and the
 * accounts of the platform. The contract asks for a platform admin.
 *
 * @throws Problem `not_found`
 */
export const settleBatch = <T>(
  ctx: CallerContext,
  batchId: string,
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> =>
  ctx.db.transaction(async db => {
    const [batch] = await db
      .select({ studioId: payoutBatches.studioId })
      .from(payoutBatches)
      .where(eq(payoutBatches.id, batchId))
    if (!batch) throw notFound()
    return act({ ...ctx, db, studioId: batch.studioId })
  })

/** A batch with its lines. @throws Problem `not_found` for who does not own its studio */
export const readBatch = (ctx: CallerContext, batchId: string): Promise<PayoutBatchWithLines> =>
  manageBatch(ctx, batchId, staff => describeBatch(staff, batchId))
