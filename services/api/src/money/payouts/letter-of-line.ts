import type { payoutLines } from '@pix/db/schema/payouts.ts'
import { formatBaht } from '@pix/domain/money.ts'
import type { StaffContext } from '../../base/context.ts'
import { type AccountRow, accountLabel, openAccount } from '../../people/payees/index.ts'

type Line = typeof payoutLines.$inferSelect

/**
 * What every letter about a transfer has: its payee's language and page, the batch's number, the amount and the account.
 *
 * @throws Error once the account is erased
 */
export function letterOfLine(staff: StaffContext, number: string, line: Line, account: AccountRow) {
  const { locale, lastDigits } = account
  const { bank } = openAccount(staff, account)
  return {
    locale,
    storefront: null,
    facts: { number, baht: formatBaht(line.net), account: accountLabel({ bank, lastDigits }, locale) },
    secrets: {},
    path: line.party === 'studio' ? '/admin/payouts' : `/${line.party}/payouts`,
  }
}
