import type { Tx } from '@pix/db/client.ts'
import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { beginSignIn, type SignInStep } from '../begin-sign-in.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { forgetDevices } from '../known-devices.ts'
import { endFamilies } from '../refresh-tokens.ts'
import { hashesOfCode } from '../../../base/codes.ts'

/** So often a code may be typed wrong. */
const MOST_TRIES = 5

type User = typeof users.$inferSelect

/**
 * Signs in by the code of a letter. A try is counted before it is looked at, and stays counted.
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
    return owner.emailVerifiedAt ? owner : verifyByMail(tx, ctx, owner)
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

/**
 * Who reads the mail owns the account. Whoever registered it before may be somebody else: their password opens it no
 * more, and their sign-ins end.
 */
async function verifyByMail(tx: Tx, ctx: Context, user: User): Promise<User> {
  const [verified] = await tx
    .update(users)
    .set({ emailVerifiedAt: ctx.now(), passwordHash: null })
    .where(eq(users.id, user.id))
    .returning()
  await endFamilies(tx, ctx, user.id)
  await forgetDevices(tx, user.id)
  return verified!
}
