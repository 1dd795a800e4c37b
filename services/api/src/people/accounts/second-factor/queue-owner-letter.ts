import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { type LetterContext, queueLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'

/** Whose second factor it is, and the language of the page at which something happened to it. */
interface Owner {
  userId: string
  locale: 'th' | 'en'
  /** Recovery codes. */
  left: number
}

/**
 * Writes the owner a letter about their second factor, in the transaction that changes it. The letter leads to the page
 * for a new password: a stranger may have done it.
 *
 * @returns the letter's id
 */
export async function queueOwnerLetter(
  ctx: LetterContext,
  tx: Queryable,
  template: 'second_factor_on' | 'second_factor_off' | 'recovery_code_used',
  { userId, locale, left }: Owner,
): Promise<string | null> {
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthorized')
  return queueLetter(ctx, tx, {
    template,
    to: user.email,
    locale,
    facts: { left: String(left) },
    secrets: {},
    path: '/forgot-password',
    dedupeKey: `second_factor:${ctx.newId()}`,
  })
}
