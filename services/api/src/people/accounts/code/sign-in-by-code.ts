import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { beginSignIn, type SignInStep } from '../begin-sign-in.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { takeByMail } from '../take-by-mail.ts'
import { hashesOfCode } from '../../../base/codes.ts'

/** So often a code may be typed wrong. */
const MOST_TRIES = 5

/**
 * Signs in by the code of a letter. A try is counted before it is looked at, and stays counted. Of an address that was
 * never verified, an earlier password no longer opens the account.
 *
 * @throws Problem `wrong_code`, also for a code that is too old, used, tried too often or sent to nobody
 */
export async function signInByCode(
  ctx: Context,
  { ticket, code }: { ticket: string; code: string },
  browser: ShownBrowser,
): Promise<SignInStep> {
  const { db, now } = ctx
  const [tried] = await db
    .update(accountTokens)
    .set({ tries: sql`${accountTokens.tries} + 1` })
    .where(and(isOpen(ctx, ticket), lt(accountTokens.tries, MOST_TRIES)))
    .returning({ tokenHash: accountTokens.tokenHash })
  if (!tried || !hashesOfCode(ctx, ticket, code).includes(tried.tokenHash)) throw new Problem('wrong_code')
  const user = await db.transaction(async tx => {
    const [used] = await tx
      .update(accountTokens)
      .set({ usedAt: now() })
      .where(isOpen(ctx, ticket))
      .returning({ userId: accountTokens.userId, address: accountTokens.address })
    if (!used?.userId) throw new Problem('wrong_code')
    const [owner] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, used.userId), eq(users.email, used.address), isNull(users.suspendedAt)))
      .for('update')
    if (!owner) throw new Problem('wrong_code')
    return owner.emailVerifiedAt ? owner : takeByMail(ctx, tx, owner, { passwordHash: null })
  })
  return beginSignIn(ctx, user, browser)
}

const isOpen = ({ now }: Context, ticket: string) =>
  and(
    eq(accountTokens.id, ticket),
    eq(accountTokens.purpose, 'sign_in_code'),
    isNull(accountTokens.usedAt),
    gt(accountTokens.expiresAt, now()),
  )
