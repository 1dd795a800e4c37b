import { randomBytes } from 'node:crypto'
import type { Queryable } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { users } from '@pix/db/schema/auth.ts'
import { secondFactors, signInChallenges } from '@pix/db/schema/second-factors.ts'
import { and, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { CHALLENGE_MINUTES } from '../../../base/second-factor-rule.ts'
import { completeSignIn, type ShownBrowser, type SignIn } from '../complete-sign-in.ts'
import type { SignedInUser } from '../refresh-tokens.ts'
import { type Checked, checkCode, type GivenCode, sendLetterOf } from './check-code.ts'

/** Wrong codes for one challenge; then the sign-in begins again. */
const TRIES = 5

/**
 * Records that the first step of a sign-in was right.
 *
 * @returns the token for the cookie; null for an account without a second factor
 */
export async function beginChallenge(
  { db, now }: Context,
  { id: userId, sessionVersion }: Pick<SignedInUser, 'id' | 'sessionVersion'>,
): Promise<string | null> {
  const at = now()
  const isOn = and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt))
  const [factor] = await db.select({ userId: secondFactors.userId }).from(secondFactors).where(isOn)
  if (!factor) return null
  const token = randomBytes(32).toString('base64url')
  const isOld = and(eq(signInChallenges.userId, userId), lt(signInChallenges.expiresAt, at))
  await db.delete(signInChallenges).where(isOld)
  const expiresAt = new Date(at.getTime() + CHALLENGE_MINUTES * 60_000)
  const tokenHash = hashToken(token)
  await db.insert(signInChallenges).values({ tokenHash, userId, sessionVersion, createdAt: at, expiresAt })
  return token
}

/**
 * The second step of a sign-in. The challenge is good for one right code of its own account. It has ended when its time or
 * its tries are over, or when the account's second factor was turned off, its password changed, its role changed, or it
 * signed out meanwhile.
 *
 * @throws Problem `sign_in_over`, `wrong_second_factor` or `account_locked`
 */
export async function answerChallenge(
  ctx: Context,
  { token, ...given }: GivenCode & { token: string | undefined },
  browser: ShownBrowser,
): Promise<SignIn> {
  const tokenHash = hashToken(token ?? '')
  const { checked, user } = await ctx.db.transaction(async tx => {
    // Read without a lock: `checkCode` locks the factor's row, and turning the factor off locks that row first, too.
    const found = await findChallenge(tx, tokenHash, ctx.now())
    if (!found) throw new Problem('sign_in_over')
    const outcome: Checked = await checkCode(ctx, tx, found.id, given)
    if (outcome.kind === 'off') throw new Problem('sign_in_over')
    const isThis = and(eq(signInChallenges.tokenHash, tokenHash), lt(signInChallenges.tries, TRIES))
    if (outcome.kind === 'wrong') {
      await tx
        .update(signInChallenges)
        .set({ tries: sql`${signInChallenges.tries} + 1` })
        .where(isThis)
      return { checked: outcome, user: found }
    }
    if (outcome.kind === 'right') {
      const answered = await tx.delete(signInChallenges).where(isThis).returning({ userId: signInChallenges.userId })
      // The challenge was answered or ended while this request waited for the row. The code stays good, as nothing of
      // this is committed.
      if (answered.length === 0) throw new Problem('sign_in_over')
    }
    return { checked: outcome, user: found }
  })
  await sendLetterOf(ctx, checked)
  return completeSignIn(ctx, user, browser)
}

/** Whose sign-in waits; undefined when it has ended. */
export async function findChallenge(tx: Queryable, hash: string, at: Date) {
  const isOfNow = and(
    eq(users.id, signInChallenges.userId),
    eq(users.sessionVersion, signInChallenges.sessionVersion),
    isNull(users.suspendedAt),
  )
  const [found] = await tx
    .select({ user: users })
    .from(signInChallenges)
    .innerJoin(users, isOfNow)
    .where(
      and(eq(signInChallenges.tokenHash, hash), gt(signInChallenges.expiresAt, at), lt(signInChallenges.tries, TRIES)),
    )
  return found?.user
}
