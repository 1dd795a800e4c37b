import { accountEmail } from '@pix/contracts/email.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { makeLinkToken } from '../account-tokens.ts'

/** Writes the letter by which a new password is set, or that there is no account. The same runs for every address. */
export async function sendResetLetter(
  ctx: Context,
  { email, locale }: { email: string; locale: 'th' | 'en' },
): Promise<void> {
  const address = accountEmail(email)
  const mailId = await ctx.db.transaction(async tx => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, address), isNull(users.suspendedAt)))
    const token = await makeLinkToken(ctx, tx, 'reset_password', { address, userId: user?.id ?? null })
    const envelope = { to: address, locale, facts: {}, dedupeKey: `reset:${ctx.newId()}` }
    return user
      ? queueLetter(ctx, tx, { ...envelope, template: 'reset_password', secrets: { token }, path: '/reset-password' })
      : queueLetter(ctx, tx, { ...envelope, template: 'no_account', secrets: {}, path: '/register' })
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
}
