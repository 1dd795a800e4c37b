import { accountEmail } from '@pix/contracts/email.ts'
import type { Queryable } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { hasPlatformAdmin } from '@pix/db/make-setup-link.ts'
import { users } from '@pix/db/schema/auth.ts'
import { setupLinks } from '@pix/db/schema/setup-links.ts'
import { and, eq, gt, sql } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { refuseWeakPassword } from '../password/judge-password.ts'
import { hashPassword } from '../passwords.ts'
import { cleanName } from '../registration/clean-name.ts'
import { endWaysIn } from '../take-by-mail.ts'

/** The lock of transactions that make the first admin: they run one at a time. */
const SETUP_LOCK = 7_269_011

interface FirstAdmin {
  token: string
  email: string
  name: string
  password: string
}

/** @throws Problem `not_found` once there is an admin, `setup_link_invalid` for a link that opens nothing */
export async function checkSetupLink({ db, now }: Context, token: string): Promise<void> {
  if (await hasPlatformAdmin(db)) throw notFound()
  await refuseBadLink(db, token, now())
}

/**
 * Makes the first platform admin, and ends all setup links. The operator of the installation gives the address, so it
 * counts as verified. An account that somebody registered for it before is taken over: its password and every other way
 * into it end.
 *
 * @throws Problem as `checkSetupLink`; `password_common` or `password_personal`
 */
export async function setUp(ctx: Context, { token, email, name, password }: FirstAdmin): Promise<void> {
  await checkSetupLink(ctx, token)
  const address = accountEmail(email)
  refuseWeakPassword(password, { email: address, name })
  const passwordHash = await hashPassword(password)
  await ctx.db.transaction(async tx => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SETUP_LOCK})`)
    if (await hasPlatformAdmin(tx)) throw notFound()
    const at = ctx.now()
    await refuseBadLink(tx, token, at)
    const values = { name: cleanName(name), role: 'platform_admin' as const, passwordHash, emailVerifiedAt: at }
    const [admin] = await tx
      .insert(users)
      .values({ id: ctx.newId(), email: address, createdAt: at, ...values })
      .onConflictDoUpdate({ target: users.email, set: { ...values, suspendedAt: null } })
      .returning({ id: users.id })
    await endWaysIn(ctx, tx, admin!.id)
    await tx.delete(setupLinks)
    const caller = { userId: admin!.id }
    await recordAudit({ db: tx, caller, from: ctx.from }, 'setup.admin', `user:${admin!.id}`)
  })
}

/** The first admin ends all links: of two people who set up at once, the second one's link may have ended a moment ago. */
async function refuseBadLink(db: Queryable, token: string, at: Date): Promise<void> {
  const good = and(eq(setupLinks.tokenHash, hashToken(token)), gt(setupLinks.expiresAt, at))
  const [link] = await db.select({ id: setupLinks.id }).from(setupLinks).where(good)
  if (link) return
  throw (await hasPlatformAdmin(db)) ? notFound() : new Problem('setup_link_invalid')
}
