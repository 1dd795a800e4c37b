import { accountEmail } from '@pix/contracts/email.ts'
import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { goodMs } from '@pix/domain/letters.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { hashesOfCode, newCode } from '../../../base/codes.ts'

const GOOD_MS = goodMs('sign_in_code')!

/**
 * Writes the letter with a code to sign in by, or that there is no account. The same runs for every address.
 *
 * @returns the ticket that belongs to the code: without it nobody can use up the code's tries
 */
export async function sendCode(
  ctx: Context,
  { email, locale }: { email: string; locale: 'th' | 'en' },
): Promise<{ ticket: string }> {
  const address = accountEmail(email)
  const id = ctx.newId()
  const code = newCode()
  const at = ctx.now()
  const mailId = await ctx.db.transaction(async tx => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, address), isNull(users.suspendedAt)))
    await tx.insert(accountTokens).values({
      id,
      purpose: 'sign_in_code',
      tokenHash: hashesOfCode(ctx, id, code)[0]!,
      userId: user?.id ?? null,
      address,
      createdAt: at,
      expiresAt: new Date(at.getTime() + GOOD_MS),
    })
    const envelope = { to: address, locale, facts: {}, dedupeKey: `code:${id}` }
    return user
      ? queueLetter(ctx, tx, { ...envelope, template: 'sign_in_code', secrets: { code }, path: '/login' })
      : queueLetter(ctx, tx, { ...envelope, template: 'no_account', secrets: {}, path: '/register' })
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return { ticket: id }
}
