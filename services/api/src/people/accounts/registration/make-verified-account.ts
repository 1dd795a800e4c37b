import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { refuseWeakPassword } from '../password/judge-password.ts'
import { forgetDevices } from '../known-devices.ts'
import { hashPassword } from '../passwords.ts'
import { endFamilies } from '../refresh-tokens.ts'
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
 * address and never verified becomes theirs: its password, sign-ins, second factor and links with providers end.
 *
 * @throws Problem `account_exists` where the address has a verified account, or a suspended one
 */
export async function makeVerifiedAccount(
  tx: Tx,
  ctx: Pick<Context, 'now' | 'newId'>,
  { email, name, passwordHash }: NewAccount,
): Promise<AccountRow> {
  const at = ctx.now()
  const values = { name: cleanName(name), passwordHash, emailVerifiedAt: at }
  const [made] = await tx
    .insert(users)
    .values({ id: ctx.newId(), email, role: 'user', createdAt: at, ...values })
    .onConflictDoNothing({ target: users.email })
    .returning()
  if (made) return made
  const [known] = await tx.select().from(users).where(eq(users.email, email)).for('update')
  if (!known || known.emailVerifiedAt || known.suspendedAt) throw new Problem('account_exists')
  await endFamilies(tx, ctx, known.id)
  await forgetDevices(tx, known.id)
  for (const table of [secondFactors, identities]) await tx.delete(table).where(eq(table.userId, known.id))
  const [taken] = await tx.update(users).set(values).where(eq(users.id, known.id)).returning()
  return taken!
}
