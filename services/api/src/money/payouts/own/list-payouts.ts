import { baht } from '@pix/contracts/common.ts'
import type { listOwnPayouts as contract } from '@pix/contracts/own-payouts.ts'
import { documents } from '@pix/db/schema/documents.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, desc, eq, inArray, lt, ne } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../../base/cursor.ts'
import { notFound } from '../../../base/problem.ts'
import { linkPayeesDocument } from '../../documents/index.ts'
import { lineNumber } from '../line-number.ts'
import { shortAccount } from '../payable.ts'
import { ownPayees } from './own-payees.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>
type Query = z.output<typeof contract.schema.querystring>

/** What was approved to be paid out to the caller as a party, newest first. */
export async function listOwnPayouts(ctx: CallerContext, party: PayeeParty, { limit, cursor }: Query): Promise<Answer> {
  const after = decodeCursor(cursor, ([id]) => (isId(id) ? id : null))
  const payees = new Map((await ownPayees(ctx, party)).map(({ ownerId, name }) => [ownerId, name]))
  const found = await selectLines(ctx, party, [...payees.keys()], after).limit(limit + 1)
  const rows = found.slice(0, limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return {
    items: rows.map(({ line, batch, account, certificate }) => ({
      id: line.id,
      number: lineNumber(batch.number, line),
      name: payees.get(line.ownerId) ?? '',
      state: line.state,
      approvedAt: batch.approvedAt!.toISOString(),
      paidAt: line.paidAt?.toISOString() ?? null,
      gross: baht(line.gross),
      withheld: baht(line.withheld),
      net: baht(line.net),
      account: shortAccount(ctx, account),
      bounceReason: line.bounceReason,
      certificate: line.state === 'bounced' ? null : certificate,
    })),
    nextCursor: last ? encodeCursor([last.line.id]) : null,
  }
}

const selectLines = ({ db }: CallerContext, party: PayeeParty, ownerIds: readonly string[], after: string | null) =>
  db
    .select({
      line: payoutLines,
      batch: payoutBatches,
      account: payeeAccounts,
      certificate: { id: documents.id, number: documents.number },
    })
    .from(payoutLines)
    .innerJoin(payoutBatches, eq(payoutBatches.id, payoutLines.batchId))
    .innerJoin(payeeAccounts, eq(payeeAccounts.id, payoutLines.accountId))
    .leftJoin(documents, and(eq(documents.sourceKind, 'payout'), eq(documents.sourceId, payoutLines.id)))
    .where(
      and(
        eq(payoutLines.party, party),
        inArray(payoutLines.ownerId, [...ownerIds]),
        ne(payoutLines.state, 'drafted'),
        ne(payoutLines.state, 'discarded'),
        after === null ? undefined : lt(payoutLines.id, after),
      ),
    )
    .orderBy(desc(payoutLines.id))
    .$dynamic()

/** A link to the certificate of an own payout; null while it is drawn. @throws Problem `not_found` */
export async function linkOwnCertificate(
  ctx: CallerContext,
  { party, id }: { party: PayeeParty; id: string },
): Promise<{ url: string | null }> {
  const ownerIds = (await ownPayees(ctx, party)).map(({ ownerId }) => ownerId)
  const [found] = await ctx.db
    .select({ id: documents.id })
    .from(payoutLines)
    .innerJoin(documents, and(eq(documents.sourceKind, 'payout'), eq(documents.sourceId, payoutLines.id)))
    .where(
      and(
        eq(payoutLines.id, id),
        eq(payoutLines.party, party),
        inArray(payoutLines.ownerId, ownerIds),
        eq(payoutLines.state, 'paid'),
      ),
    )
  if (!found) throw notFound()
  return linkPayeesDocument(ctx, found.id)
}
