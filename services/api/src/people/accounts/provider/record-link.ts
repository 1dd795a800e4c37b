import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { asc, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context, Joining } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'

/** The provider's name, and the language of the page at which it is linked or unlinked. */
export interface LinkNotice {
  provider: string
  locale: 'th' | 'en'
}

/**
 * Records that a provider opens an account from now on, or no more, and writes its owner a letter, as part of the
 * transaction that changes it. A stranger may have done it: the letter leads to the page for a new password.
 *
 * @returns the letter's id
 */
export async function recordLink(
  ctx: Joining<Context>,
  act: 'link' | 'unlink',
  { userId, issuer, provider, locale }: LinkNotice & { userId: string; issuer: string },
): Promise<string | null> {
  const [user] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthorized')
  const them = { db: ctx.db, from: ctx.from, caller: { userId } }
  const subject = `user:${userId}`
  if (act === 'link') await recordAudit(them, 'account.provider_link', subject, { after: { issuer } })
  else await recordAudit(them, 'account.provider_unlink', subject, { before: { issuer } })
  return queueLetter(ctx, ctx.db, {
    template: `provider_${act}ed`,
    to: user.email,
    locale,
    facts: { provider },
    secrets: {},
    path: '/forgot-password',
    dedupeKey: `provider:${ctx.newId()}`,
  })
}

/** The providers that open an account, as people know them, for a sentence; empty where none does. */
export async function linkedProviders(
  { settings: { OIDC_ISSUER, OIDC_NAME } }: Pick<Context, 'settings'>,
  db: Queryable,
  userId: string,
): Promise<string> {
  const linked = await db
    .select({ issuer: identities.issuer })
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.createdAt))
  return linked.map(({ issuer }) => (issuer === OIDC_ISSUER ? OIDC_NAME : new URL(issuer).host)).join(', ')
}
