import type { payoutLines } from '@pix/db/schema/payouts.ts'
import type { LetterFacts } from '@pix/domain/letters.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import type { StaffContext } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { type AccountRow, accountLabel, openAccount } from '../../people/payees/index.ts'
import { lineNumber } from './line-number.ts'

interface AboutLine {
  /** The number of its batch. */
  number: string
  line: typeof payoutLines.$inferSelect
  account: AccountRow
  /** Addresses of the payee. */
  emails: readonly string[]
}

type LineTemplate = 'payout_sent' | 'payout_bounced'
/** What every letter about a transfer says. */
type Common = 'number' | 'baht' | 'account'

/**
 * Writes a letter about a transfer to each address of its payee, in the payee's language, about their page.
 *
 * @returns ids of the letters
 * @throws Error once the account is erased
 */
export async function queueLineLetters<T extends LineTemplate>(
  staff: StaffContext,
  { number, line, account, emails }: AboutLine,
  template: T,
  facts: Omit<LetterFacts<T>, Common>,
): Promise<string[]> {
  const { locale, lastDigits } = account
  const { bank } = openAccount(staff, account)
  const common = {
    number: lineNumber(number, line),
    baht: formatMoney(line.net),
    account: accountLabel({ bank, lastDigits }, locale),
  }
  const letters = []
  for (const to of emails) {
    const letter = await queueLetter(staff, staff.db, {
      template,
      to,
      locale,
      storefront: null,
      facts: { ...common, ...facts } as unknown as LetterFacts<T>,
      secrets: {} as never,
      path: line.party === 'studio' ? '/admin/payouts' : `/${line.party}/payouts`,
      dedupeKey: line.party === 'studio' ? `${template}:${line.id}:${to}` : `${template}:${line.id}`,
    })
    if (letter !== null) letters.push(letter)
  }
  return letters
}
