import type { changePayee as contract, OwnPayee } from '@pix/contracts/payees.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound } from '../../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../../people/accounts/index.ts'
import { enterAccount, payeeKey } from '../../../people/payees/index.ts'
import { peopleOf } from '../names-of.ts'
import { describePayee, ownPayees } from './own-payees.ts'

/**
 * Sets the bank account to which a share of the caller is paid out. The password is asked again, each address of the
 * payee gets a letter, and nothing is paid to the account for some days.
 *
 * @throws Problem `not_found`, `wrong_password` or `account_locked`
 */
export async function changePayee(
  ctx: CallerContext,
  { party, id }: { party: PayeeParty; id: string },
  { password, locale, ...details }: z.output<typeof contract.schema.body>,
  browser: ShownBrowser,
): Promise<OwnPayee> {
  const payee = (await ownPayees(ctx, party)).find(({ ownerId }) => ownerId === id)
  if (!payee) throw notFound()
  const user = await confirmPasswordIfAny(ctx, password, browser)
  const people = await peopleOf(ctx.db, [payee])
  const recipients = party === 'studio' ? (people.get(payeeKey(payee))?.emails ?? []) : [user.email]
  const letters = await ctx.db.transaction(tx => enterAccount(ctx, tx, { payee, details, locale, recipients }))
  for (const letter of letters) await sendLetter(ctx, letter)
  return describePayee(ctx, payee)
}
