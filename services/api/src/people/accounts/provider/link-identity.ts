import { identities } from '@pix/db/schema/identities.ts'
import { and, eq } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { requireVerifiedEmail } from '../registration/require-verified-email.ts'
import type { Identity } from './openid-provider.ts'
import { type LinkNotice, recordLink } from './record-link.ts'

const linkOf = ({ caller }: CallerContext, issuer: string) =>
  and(eq(identities.userId, caller.userId), eq(identities.issuer, issuer))

/** Whether an identity of this provider opens the account that is signed in. */
export async function isLinked(ctx: CallerContext, issuer: string): Promise<boolean> {
  return (await ctx.db.select({ id: identities.id }).from(identities).where(linkOf(ctx, issuer))).length > 0
}

/**
 * From now on the identity opens the account that is signed in, whatever e-mail address it has there. One more of the same
 * provider takes the place of the first. The owner gets a letter.
 *
 * @throws Problem `email_not_verified`, or `identity_taken` when it opens another account
 */
export async function linkIdentity(
  ctx: CallerContext,
  { issuer, subject }: Identity,
  notice: LinkNotice,
): Promise<void> {
  const { newId, now, caller } = ctx
  const letterId = await ctx.db.transaction(async tx => {
    await requireVerifiedEmail({ ...ctx, db: tx })
    await tx.delete(identities).where(linkOf(ctx, issuer))
    const linked = await tx
      .insert(identities)
      .values({ id: newId(), issuer, subject, userId: caller.userId, createdAt: now() })
      .onConflictDoNothing({ target: [identities.issuer, identities.subject] })
      .returning({ id: identities.id })
    if (linked.length === 0) throw new Problem('identity_taken')
    return recordLink({ ...ctx, db: tx }, 'link', { ...notice, userId: caller.userId, issuer })
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
}

/**
 * Ends a link: the provider opens the account no more. The owner gets a letter.
 *
 * @throws Problem `not_found` when it did not
 */
export async function unlinkIdentity(ctx: CallerContext, issuer: string, notice: LinkNotice): Promise<void> {
  const letterId = await ctx.db.transaction(async tx => {
    const gone = await tx.delete(identities).where(linkOf(ctx, issuer)).returning({ id: identities.id })
    if (gone.length === 0) throw notFound()
    return recordLink({ ...ctx, db: tx }, 'unlink', { ...notice, userId: ctx.caller.userId, issuer })
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
}
