import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { makeLinkToken } from '../account-tokens.ts'

/**
 * Writes the letter by which an address is verified, or what its reader should know instead. The same statements run
 * for every address, so that the response time reveals nothing about it.
 *
 * @returns the letter's id
 */
export async function inviteToVerify(
  ctx: Context,
  tx: Tx,
  { address, locale }: { address: string; locale: 'th' | 'en' },
): Promise<string | null> {
  const [user] = await tx.select().from(users).where(eq(users.email, address))
  const waiting = user && !user.emailVerifiedAt && !user.suspendedAt ? user : null
  const token = await makeLinkToken(ctx, tx, 'verify_email', { address, userId: waiting?.id ?? null })
  const envelope = { to: address, locale, facts: {}, dedupeKey: `verify:${ctx.newId()}` }
  if (waiting)
    return queueLetter(ctx, tx, { ...envelope, template: 'verify_email', secrets: { token }, path: '/verify-email' })
  const template = user && !user.suspendedAt ? 'register_known' : 'no_account'
  const path = template === 'no_account' ? '/register' : '/login'
  return queueLetter(ctx, tx, { ...envelope, template, secrets: {}, path })
}
