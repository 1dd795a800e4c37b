import type { changePayee as contract, OwnPayee } from '@pix/contracts/payees.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound } from '../../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../../people/accounts/index.ts'
import { enterAccount } from '../../../people/payees/index.ts'
import { describePayee, type NamedPayee, ownPayees } from './own-payees.ts'

/**
 * Says where a share of the caller is paid out to. The password is asked again, each address that the payee has is told, and the
 * account waits before anything is paid to it.
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
  const tell = party === 'studio' ? await ownersOf(ctx, payee) : [user.email]
  const letters = await ctx.db.transaction(tx => enterAccount(tx, ctx, { payee, details, locale, tell }))
  for (const letter of letters) await sendLetter(ctx, letter)
  return describePayee(ctx, payee)
}

/** Every owner of a studio is told. */
async function ownersOf({ db }: CallerContext, { ownerId }: NamedPayee): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(studioMembers)
    .innerJoin(users, and(eq(users.id, studioMembers.userId), isNull(users.suspendedAt)))
    .where(and(eq(studioMembers.studioId, ownerId), eq(studioMembers.role, 'owner')))
  return rows.map(({ email }) => email)
}
