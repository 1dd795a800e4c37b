import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { refuseWeakPassword } from '../password/judge-password.ts'
import { hashPassword } from '../passwords.ts'
import { takeByMail } from '../take-by-mail.ts'
import { cleanName } from './clean-name.ts'

export type AccountRow = typeof users.$inferSelect

interface NewAccount {
  /** As `accountEmail` gives it. */
  email: string
  name: string
  passwordHash: string
}

/** @throws Problem `password_common` or `password_personal` */
export async function hashNewPassword(password: string, owner: { email: string; name: string }): Promise<string> {
  refuseWeakPassword(password, owner)
  return hashPassword(password)
}

/**
 * Makes an account for somebody who has shown that they read the mail of its address. One that was registered for the
 * address and never verified becomes theirs.
 *
 * @throws Problem `account_exists` where the address has a verified account, or a suspended one
 */
export async function makeVerifiedAccount(
  ctx: Pick<Context, 'now' | 'newId'>,
  tx: Tx,
  { email, name, passwordHash }: NewAccount,
): Promise<AccountRow> {
  const at = ctx.now()
  const values = { name: cleanName(name), passwordHash }
  const [made] = await tx
    .insert(users)
    .values({ id: ctx.newId(), email, role: 'user', createdAt: at, emailVerifiedAt: at, ...values })
    .onConflictDoNothing({ target: users.email })
    .returning()
  if (made) return made
  const [known] = await tx.select().from(users).where(eq(users.email, email)).for('update')
  if (!known || known.emailVerifiedAt || known.suspendedAt) throw new Problem('account_exists')
  return takeByMail(ctx, tx, known, values)
}
