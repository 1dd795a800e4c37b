import { users } from '@pix/db/schema/auth.ts'
import type { LetterFacts, LetterTemplate } from '@pix/domain/letters.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context, Joining } from './context.ts'
import { queueLetter } from './letters.ts'

/**
 * Writes the same letter to every platform admin, in the transaction that causes it. It has no secrets.
 *
 * @param letter.dedupeKey names the fact; each admin's letter adds whose it is
 * @returns the ids of the letters, to be handed to `sendLetter` after the commit
 */
export async function queueToAdmins<T extends LetterTemplate>(
  ctx: Pick<Joining<Context>, 'db' | 'now' | 'newId' | 'storefront'>,
  { template, facts, path, dedupeKey }: { template: T; facts: LetterFacts<T>; path: string; dedupeKey: string },
): Promise<string[]> {
  const admins = await ctx.db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(and(eq(users.role, 'platform_admin'), isNull(users.suspendedAt)))
  const written: string[] = []
  for (const { id, email } of admins) {
    const letter = await queueLetter<T>(ctx, ctx.db, {
      template,
      to: email,
      locale: 'th',
      storefront: null,
      facts,
      secrets: {} as never,
      path,
      dedupeKey: `${dedupeKey}:${id}`,
    })
    if (letter !== null) written.push(letter)
  }
  return written
}
