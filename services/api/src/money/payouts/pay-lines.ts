import type { payPayouts as contract, PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { Problem } from '../../base/problem.ts'
import { type AccountRow, openAccount, payeeKey } from '../../people/payees/index.ts'
import { sellerOf } from '../../people/sellers/index.ts'
import { issueCertificate } from '../documents/index.ts'
import { recordPayoutTransfer } from '../ledger/index.ts'
import { eraseSettledAccounts, holdAccounts } from './erase-accounts.ts'
import { lockBatch } from './draft-batch.ts'
import { queueLineLetters } from './letter-of-line.ts'
import { peopleOf } from './names-of.ts'
import { describeBatch, settleBatch } from './read-batches.ts'

type Line = typeof payoutLines.$inferSelect
type Asked = z.output<typeof contract.schema.body>

/** A line, the account to which it was paid, and the addresses that get a letter. */
interface Paid {
  line: Line
  account: AccountRow
  emails: readonly string[]
}

/**
 * Says that transfers of a batch arrived. Each is posted with the tax that was withheld, its payee gets a letter, and the
 * certificate of the tax where there is some.
 *
 * @throws Problem `not_found`, `illegal_state` where one of them does not wait for its transfer, `invalid_request` for a day to come or before
 *   the bank's file was taken
 */
export async function payLines(ctx: CallerContext, batchId: string, asked: Asked): Promise<PayoutBatchWithLines> {
  const { letters, batch } = await settleBatch(ctx, batchId, async staff => {
    const { number, exportedAt } = await lockBatch(staff, batchId, ['exported'])
    const paidAt = momentOf(ctx, asked.paidOn, exportedAt!)
    const paid = await lockWaiting(staff, batchId, asked.lineIds)
    await staff.db
      .update(payoutLines)
      .set({ state: 'paid', paidAt, reference: asked.reference })
      .where(
        inArray(
          payoutLines.id,
          paid.map(({ line }) => line.id),
        ),
      )
    const written: string[] = []
    for (const one of paid) {
      await recordPayoutTransfer(ctx, staff.db, one.line)
      written.push(...(await queueSentLetters(staff, number, one)))
    }
    const net = paid.reduce((sum, { line }) => sum + line.net, 0)
    const after = { number, lines: paid.length, net, reference: asked.reference }
    await recordAudit(staff, 'payout.pay', `payout:${batchId}`, { after })
    // Certificates come last: their count is locked from here on.
    for (const one of paid) await certify(staff, number, paidAt, one)
    await eraseSettledAccounts(
      staff.db,
      paid.map(({ account }) => account.id),
    )
    return { letters: written, batch: await describeBatch(staff, batchId) }
  })
  for (const letter of letters) await sendLetter(ctx, letter)
  return batch
}

const wrongDay = (message: string) => new Problem('invalid_request', { errors: [{ path: 'body.paidOn', message }] })

/** The instant of a transfer by its day; for today it is now. Nobody transfers before the bank's file was taken. */
function momentOf({ now }: CallerContext, day: string, exportedAt: Date): Date {
  const [at, today] = [now(), bangkokDay(now())]
  if (day > today) throw wrongDay('is in the future')
  if (day < bangkokDay(exportedAt)) throw wrongDay('is before the file for the bank was taken')
  return day === today ? at : new Date(`${day}T12:00:00+07:00`)
}

async function lockWaiting({ db }: StaffContext, batchId: string, lineIds: readonly string[]): Promise<Paid[]> {
  const rows = await db
    .select({ line: payoutLines, account: payeeAccounts })
    .from(payoutLines)
    .innerJoin(payeeAccounts, eq(payeeAccounts.id, payoutLines.accountId))
    .where(
      and(eq(payoutLines.batchId, batchId), inArray(payoutLines.id, [...lineIds]), eq(payoutLines.state, 'approved')),
    )
    .orderBy(asc(payoutLines.id))
    .for('update', { of: payoutLines })
  await holdAccounts(
    db,
    rows.map(({ account }) => account.id),
  )
  // Without the account's details neither letter nor certificate can be written.
  if (rows.length < new Set(lineIds).size || rows.some(({ account }) => account.details === null))
    throw new Problem('illegal_state')
  const people = await peopleOf(
    db,
    rows.map(({ line }) => line),
  )
  return rows.map(row => ({ ...row, emails: people.get(payeeKey(row.line))?.emails ?? [] }))
}

const queueSentLetters = (staff: StaffContext, number: string, { line, account, emails }: Paid): Promise<string[]> =>
  queueLineLetters(staff, { number, line, account, emails }, 'payout_sent', {
    ...(line.withheld > 0 && { withheld: formatMoney(line.withheld) }),
  })

async function certify(
  staff: StaffContext,
  payoutNumber: string,
  paidAt: Date,
  { line, account }: Paid,
): Promise<void> {
  if (line.withheld === 0) return
  const { name, address, taxId, form } = openAccount(staff, account)
  const payer = await sellerOf(staff, staff.studioId)
  await issueCertificate(staff, staff.db, {
    studioId: staff.studioId,
    lineId: line.id,
    printed: {
      datedAt: paidAt.toISOString(),
      payer: { name: payer.name, address: payer.address, taxId: payer.taxId, branch: payer.branch },
      payee: { name, address, taxId, form },
      // An organizer brings the event: that is a service, whatever the photos are sold as.
      income: line.party === 'photographer' ? payer.soldAs : 'service',
      paid: line.base,
      withheld: line.withheld,
      rateBp: line.withholdingBp,
      payoutNumber,
    },
  })
}
