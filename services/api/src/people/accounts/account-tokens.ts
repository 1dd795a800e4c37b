import type { Queryable } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { goodMs } from '@pix/domain/letters.ts'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { newLinkToken } from '../../base/codes.ts'
import type { Context } from '../../base/context.ts'

type Purpose = (typeof accountTokens.$inferSelect)['purpose']
type LinkPurpose = Exclude<Purpose, 'sign_in_code'>

const HOUR_MS = 3_600_000
/** How long the link of a letter is good. A letter may be on its way for a day. */
const GOOD_MS: Record<LinkPurpose, number> = {
  verify_email: 72 * HOUR_MS,
  reset_password: goodMs('reset_password')!,
  unlock: 24 * HOUR_MS,
}

/**
 * Makes the token of a letter's link. Links that were sent before stay good: letters overtake each other.
 *
 * @param user null where nobody has the address: the row is written all the same and opens nothing
 * @returns the token; only its hash is stored
 */
export async function makeLinkToken(
  { now, newId }: Pick<Context, 'now' | 'newId'>,
  tx: Queryable,
  purpose: LinkPurpose,
  { address, userId }: { address: string; userId: string | null },
): Promise<string> {
  const token = newLinkToken()
  const at = now()
  await tx.insert(accountTokens).values({
    id: newId(),
    purpose,
    tokenHash: hashToken(token),
    userId,
    address,
    createdAt: at,
    expiresAt: new Date(at.getTime() + GOOD_MS[purpose]),
  })
  return token
}

/**
 * The account that the token of a link opens for this purpose, both locked by this transaction; undefined when the
 * token was used, is too old, has another purpose or is none of ours, or when its account is gone, suspended or has
 * another address since.
 */
export async function findLinkToken({ now }: Pick<Context, 'now'>, tx: Queryable, purpose: LinkPurpose, token: string) {
  const [found] = await tx
    .select({ user: users })
    .from(accountTokens)
    .innerJoin(users, and(eq(users.id, accountTokens.userId), eq(users.email, accountTokens.address)))
    .where(
      and(
        eq(accountTokens.tokenHash, hashToken(token)),
        eq(accountTokens.purpose, purpose),
        isNull(accountTokens.usedAt),
        gt(accountTokens.expiresAt, now()),
        isNull(users.suspendedAt),
      ),
    )
    .for('update')
  return found?.user
}

/** What was sent to an account for this purpose is good for nothing any more. */
export async function useUpTokens(
  { now }: Pick<Context, 'now'>,
  tx: Queryable,
  purpose: Purpose,
  userId: string,
): Promise<void> {
  const open = and(eq(accountTokens.userId, userId), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt))
  await tx.update(accountTokens).set({ usedAt: now() }).where(open)
}
