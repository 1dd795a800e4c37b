import { organizers } from '@pix/db/schema/events.ts'
import { payeeAccounts, payeeTerms } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { openAccount } from '../../people/payees/index.ts'
import type { Export } from './export.ts'

/** The bank accounts of an account as a photographer and as organizers, and what was paid out to them. */
export async function collectPayouts(ctx: Context, userId: string): Promise<Export> {
  const ownerIds = await payeesOf(ctx, userId)
  const accounts = await ctx.db
    .select()
    .from(payeeAccounts)
    .where(inArray(payeeAccounts.ownerId, ownerIds))
    .orderBy(asc(payeeAccounts.id))
  return {
    'payee-accounts': accounts.map(row => ({
      party: row.party,
      enteredAt: row.createdAt,
      usableFrom: row.usableFrom,
      endedAt: row.endedAt,
      end: row.end,
      ...(row.details !== null && openAccount(ctx, row)),
    })),
    'statement-files': await statementsOf(ctx, userId),
    payouts: [
      ...(await ctx.db
        .select({
          number: sql<string>`${payoutBatches.number} || '/' || ${payoutLines.position}`,
          party: payoutLines.party,
          state: payoutLines.state,
          grossSatang: payoutLines.gross,
          withheldSatang: payoutLines.withheld,
          netSatang: payoutLines.net,
          approvedAt: payoutBatches.approvedAt,
          paidAt: payoutLines.paidAt,
          reference: payoutLines.reference,
          bouncedAt: payoutLines.bouncedAt,
          bounceReason: payoutLines.bounceReason,
        })
        .from(payoutLines)
        .innerJoin(payoutBatches, eq(payoutBatches.id, payoutLines.batchId))
        .where(inArray(payoutLines.ownerId, ownerIds))
        .orderBy(asc(payoutLines.id))),
      ...(await ctx.db
        .select({ studioId: payeeTerms.studioId, party: payeeTerms.party, withholdingBp: payeeTerms.withholdingBp })
        .from(payeeTerms)
        .where(inArray(payeeTerms.ownerId, ownerIds))),
    ],
  }
}

const statementsOf = ({ db }: Context, userId: string) =>
  db
    .select({
      party: statementFiles.party,
      ownerId: statementFiles.ownerId,
      payee: statementFiles.payee,
      from: statementFiles.fromDay,
      to: statementFiles.toDay,
      readyAt: statementFiles.readyAt,
    })
    .from(statementFiles)
    .where(eq(statementFiles.userId, userId))
    .orderBy(asc(statementFiles.id))

/** Themselves, and the organizers that they are. */
export async function payeesOf({ db }: Pick<Joining<Context>, 'db'>, userId: string): Promise<string[]> {
  const own = await db.select({ id: organizers.id }).from(organizers).where(eq(organizers.userId, userId))
  return [userId, ...own.map(({ id }) => id)]
}
