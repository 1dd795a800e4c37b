import { baht } from '@pix/contracts/common.ts'
import type { listPayable as contract, Payable } from '@pix/contracts/payouts.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { type PayoutAmounts, payoutAmounts } from '@pix/domain/payout-amounts.ts'
import { isJuristicTaxId } from '@pix/domain/tax-id.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Context, StaffContext } from '../../base/context.ts'
import { type AccountRow, accountsOf, openAccount, payeeKey, withholdingOf } from '../../people/payees/index.ts'
import { sellerOf } from '../../people/sellers/index.ts'
import { inStudio } from '../../people/studios/index.ts'
import { type Owed, owedBySales } from './owed-by-sales.ts'
import { namesOf } from './names-of.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>
type Reason = NonNullable<Payable['reason']>

/** What is owed to a payee and what a batch would pay now. Without a reason it pays something. */
export interface Due {
  owed: Owed
  account: AccountRow | null
  amounts: PayoutAmounts
  withholdingBp: number
  reason: Reason | null
}

const DAY_MS = 86_400_000

/** Sales up to here are paid out. */
export const salesUntil = ({ now, settings }: Pick<Context, 'now' | 'settings'>): Date =>
  new Date(now().getTime() - settings.PAYOUT_HOLDING_DAYS * DAY_MS)

/** What the studio's sales owe to whom, and why it is not paid out now. */
export async function dueOf(staff: StaffContext, until: Date): Promise<Due[]> {
  const { db, studioId } = staff
  const owed = (await owedBySales(db, studioId, until)).filter(({ balance, held }) => balance !== 0 || held !== 0)
  const accounts = await accountsOf(
    db,
    owed.map(({ ownerId }) => ownerId),
  )
  const isOpen = and(eq(payoutLines.studioId, studioId), inArray(payoutLines.state, ['drafted', 'approved']))
  const open = new Set((await db.select().from(payoutLines).where(isOpen)).map(payeeKey))
  const bpOf = await withholdingOf(db, studioId)
  const { taxId } = await sellerOf(staff, studioId)
  return owed.map(one => {
    const account = accounts.get(payeeKey(one)) ?? null
    const reason = open.has(payeeKey(one)) ? 'in_batch' : reasonOf(staff, one, account)
    // Between the platform and a studio, tax is a matter of their accountants: the platform is no seller of this
    // studio.
    const withholdingBp = one.party === 'studio' ? 0 : bpOf(one)
    const amounts =
      reason === null
        ? payoutAmounts(one.free, {
            isJuristicPayer: taxId !== null && isJuristicTaxId(taxId),
            isVatRegistered: account?.vatRegistered ?? false,
            withholdingBp,
            threshold: staff.settings.WITHHOLDING_FROM_BAHT * 100,
          })
        : { gross: 0, base: 0, withheld: 0, net: 0 }
    return { owed: one, account, amounts, withholdingBp, reason }
  })
}

function reasonOf(
  { now, settings }: StaffContext,
  { balance, held, free }: Owed,
  account: AccountRow | null,
): Reason | null {
  const least = settings.PAYOUT_LEAST_BAHT * 100
  if (balance <= 0) return 'negative'
  if (free < least) return balance < least ? 'minimum' : balance - held < least ? 'holding' : 'owes_elsewhere'
  if (account === null) return 'no_account'
  return account.usableFrom > now() ? 'account_waits' : null
}

/** Whom a studio's sales owe something. @throws Problem `not_found` for who does not own the studio */
export const listPayable = (ctx: CallerContext, studioId: string): Promise<Answer> =>
  inStudio(ctx, studioId, ['owner'], async staff => {
    const until = salesUntil(ctx)
    const due = await dueOf(staff, until)
    const names = await namesOf(
      staff.db,
      due.map(({ owed }) => owed),
    )
    return {
      items: due.map(one => ({
        party: one.owed.party,
        payeeId: one.owed.ownerId,
        name: names.get(payeeKey(one.owed)) ?? '',
        balance: baht(one.owed.balance),
        held: baht(one.owed.held),
        gross: baht(one.amounts.gross),
        withheld: baht(one.amounts.withheld),
        net: baht(one.amounts.net),
        withholdingBp: one.withholdingBp,
        account: one.account && shortAccount(ctx, one.account),
        reason: one.reason,
      })),
      salesUntil: until.toISOString(),
      leastAmount: baht(ctx.settings.PAYOUT_LEAST_BAHT * 100),
      holdingDays: ctx.settings.PAYOUT_HOLDING_DAYS,
    }
  })

/** Its bank and last digits; null once it is erased. */
export const shortAccount = (ctx: Pick<Context, 'settings'>, row: AccountRow) =>
  row.details === null ? null : { bank: openAccount(ctx, row).bank, lastDigits: row.lastDigits }
