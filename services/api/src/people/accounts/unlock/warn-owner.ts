import { accountTokens, type users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { makeLinkToken } from '../account-tokens.ts'

const DAY_MS = 86_400_000

/**
 * Warns the owner of an account by a letter, once a day at most, that strangers try it. The link of the letter lets the
 * owner in. The same number of statements runs for an address without an account, and the clerk's sweep takes the letter
 * within seconds instead of a job: so the response time reveals nothing.
 */
export async function warnOwner(
  ctx: Context,
  address: string,
  user: Pick<typeof users.$inferSelect, 'id' | 'suspendedAt'> | undefined,
): Promise<void> {
  const owner = user && !user.suspendedAt ? user : null
  await ctx.db.transaction(async tx => {
    const token = await makeLinkToken(ctx, tx, 'unlock', { address, userId: owner?.id ?? null })
    if (!owner) {
      await tx.delete(accountTokens).where(eq(accountTokens.tokenHash, 'of nobody'))
      return
    }
    const day = Math.floor(ctx.now().getTime() / DAY_MS)
    await queueLetter(ctx, tx, {
      template: 'account_tried',
      to: address,
      // The language of a stranger who tries the account is not its owner's, so the letter is written in both
      // languages.
      locale: 'th',
      facts: {},
      secrets: { token },
      path: '/unlock',
      dedupeKey: `tried:${owner.id}:${day}`,
    })
  })
}
