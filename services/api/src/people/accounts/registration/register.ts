import { accountEmail } from '@pix/contracts/email.ts'
import { users } from '@pix/db/schema/auth.ts'
import type { Context } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { refuseWeakPassword } from '../password/judge-password.ts'
import { hashPassword } from '../passwords.ts'
import { cleanName } from './clean-name.ts'
import { inviteToVerify } from './invite-to-verify.ts'

/**
 * Makes an account whose address is not verified yet. If the address has an account already, a letter to it says so.
 * The account has no rights: they are granted by an invitation, never chosen. Neither the answer nor its time shows
 * whether the address was known. An existing account stays as it is, since a second registration proves nothing.
 *
 * @throws Problem `password_common` or `password_personal`
 */
export async function register(
  ctx: Context,
  { email, name, password, locale }: { email: string; name: string; password: string; locale: 'th' | 'en' },
): Promise<void> {
  const address = accountEmail(email)
  refuseWeakPassword(password, { email: address, name })
  const passwordHash = await hashPassword(password)
  const mailId = await ctx.db.transaction(async tx => {
    const id = ctx.newId()
    const made = { id, email: address, name: cleanName(name), role: 'user', passwordHash } as const
    await tx
      .insert(users)
      .values({ ...made, createdAt: ctx.now() })
      .onConflictDoNothing({ target: users.email })
    return inviteToVerify(ctx, tx, { address, locale })
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
}

/**
 * Sends another verification letter to an account that waits for it. For any other address the letter says whether
 * there is an account.
 */
export async function resendVerification(
  ctx: Context,
  { email, locale }: { email: string; locale: 'th' | 'en' },
): Promise<void> {
  const mailId = await ctx.db.transaction(tx => inviteToVerify(ctx, tx, { address: accountEmail(email), locale }))
  if (mailId !== null) await sendLetter(ctx, mailId)
}
