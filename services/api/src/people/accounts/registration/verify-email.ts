import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { findLinkToken, useUpTokens } from '../account-tokens.ts'
import { beginSignIn, type SignInStep } from '../begin-sign-in.ts'
import { completeSignIn, type ShownBrowser } from '../complete-sign-in.ts'
import { passwordFits } from '../passwords.ts'

/**
 * Verifies the address of an account by the token of a letter, and signs in. People who are not signed in give the
 * account's password: somebody else may have registered the address, and its owner must not confirm an account whose
 * password that stranger knows. A wrong password uses nothing up.
 *
 * @throws Problem `link_used_up` or `wrong_password`
 */
export async function verifyEmail(
  ctx: Context,
  { token, password }: { token: string; password?: string | undefined },
  browser: ShownBrowser,
): Promise<SignInStep> {
  const { user, isSignedIn } = await ctx.db.transaction(async tx => {
    const found = await findLinkToken(ctx, tx, 'verify_email', token)
    if (!found) throw new Problem('link_used_up')
    const isOwn = ctx.caller?.userId === found.id
    if (!isOwn && !(await passwordFits(found.passwordHash, password ?? ''))) throw new Problem('wrong_password')
    await useUpTokens(ctx, tx, 'verify_email', found.id)
    const [verified] = await tx
      .update(users)
      .set({ emailVerifiedAt: ctx.now() })
      .where(eq(users.id, found.id))
      .returning()
    return { user: verified!, isSignedIn: isOwn }
  })
  return isSignedIn ? completeSignIn(ctx, user, browser) : beginSignIn(ctx, user, browser)
}
