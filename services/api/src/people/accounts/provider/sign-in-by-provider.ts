import { accountEmail } from '@pix/contracts/email.ts'
import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { beginSignIn, type SignInStep } from '../begin-sign-in.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import type { Identity } from './openid-provider.ts'
import { type LinkNotice, recordLink } from './record-link.ts'

type User = typeof users.$inferSelect

/**
 * Signs in whom the provider knows. An identity that is linked opens its account. Another one makes an account, or joins
 * the one of its e-mail address: only where both sides have verified that address, or somebody who registered a
 * stranger's address, here or there, would share an account with its owner. An account that is joined gets a letter.
 *
 * @throws Problem `provider_email_unverified`, `sign_in_to_link`, or `provider_refused` for a suspended account
 */
export async function signInByProvider(
  ctx: Context,
  identity: Identity,
  { notice, browser }: { notice: LinkNotice; browser: ShownBrowser },
): Promise<SignInStep> {
  const { user, letterId } = await ctx.db.transaction(async tx => {
    const known = await findLinked(tx, identity)
    return known ? { user: known, letterId: null } : joinOrMake(ctx, tx, identity, notice)
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  if (user.suspendedAt) throw new Problem('provider_refused')
  return beginSignIn(ctx, user, browser)
}

async function findLinked(tx: Tx, { issuer, subject }: Identity): Promise<User | undefined> {
  const [found] = await tx
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
  return found?.user
}

/** @returns the account, and the id of the letter that it was joined */
async function joinOrMake(
  ctx: Context,
  tx: Tx,
  identity: Identity,
  notice: LinkNotice,
): Promise<{ user: User; letterId: string | null }> {
  const { newId, now } = ctx
  if (identity.email === null || !identity.emailVerified) throw new Problem('provider_email_unverified')
  const email = accountEmail(identity.email)
  const name = identity.name ?? email.slice(0, email.lastIndexOf('@'))
  const [made] = await tx
    .insert(users)
    .values({ id: newId(), email, name, role: 'user', emailVerifiedAt: now(), createdAt: now() })
    .onConflictDoNothing({ target: users.email })
    .returning()
  const [user] = made ? [made] : await tx.select().from(users).where(eq(users.email, email)).for('update')
  if (!user?.emailVerifiedAt) throw new Problem('sign_in_to_link')
  if (user.suspendedAt) throw new Problem('provider_refused')
  const { issuer, subject } = identity
  const linked = await tx
    .insert(identities)
    .values({ id: newId(), issuer, subject, userId: user.id, createdAt: now() })
    .onConflictDoNothing()
    .returning({ id: identities.id })
  // A twin of this request linked the same one; or the account has another one of this provider.
  if (linked.length === 0 && (await findLinked(tx, identity))?.id !== user.id) throw new Problem('sign_in_to_link')
  if (made || linked.length === 0) return { user, letterId: null }
  const letterId = await recordLink({ ...ctx, db: tx }, 'link', { ...notice, userId: user.id, issuer })
  return { user, letterId }
}
