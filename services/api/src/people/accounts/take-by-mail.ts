import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { forgetDevices } from './known-devices.ts'
import { endFamilies } from './refresh-tokens.ts'

type User = typeof users.$inferSelect

/**
 * Gives an account to the person who has shown that they read the mail of its address, as part of a transaction that
 * has locked its row. Somebody else may have registered an address that was never verified: every way in of theirs
 * ends.
 *
 * @param set what the account has from now on; a password of null opens nothing
 * @returns the account as it is now
 */
export async function takeByMail(
  ctx: Pick<Context, 'now'>,
  tx: Tx,
  { id, emailVerifiedAt }: User,
  set: { passwordHash: string | null; name?: string },
): Promise<User> {
  if (emailVerifiedAt === null) await endWaysIn(ctx, tx, id)
  const [taken] = await tx
    .update(users)
    .set({ ...set, emailVerifiedAt: emailVerifiedAt ?? ctx.now() })
    .where(eq(users.id, id))
    .returning()
  return taken!
}

/**
 * Ends every way into an account but its password: sign-ins, known browsers, links with providers and the second factor,
 * with which its recovery codes, its report of loss and sign-ins that wait for a code are deleted.
 */
export async function endWaysIn(ctx: Pick<Context, 'now'>, tx: Tx, userId: string): Promise<void> {
  await endFamilies(ctx, tx, userId)
  await forgetDevices(tx, userId)
  for (const table of [secondFactors, identities]) await tx.delete(table).where(eq(table.userId, userId))
  await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
}
