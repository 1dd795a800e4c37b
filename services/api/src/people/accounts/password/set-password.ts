import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { useUpTokens } from '../account-tokens.ts'
import { forgetDevices } from '../known-devices.ts'
import { hashPassword } from '../passwords.ts'
import { linkedProviders } from '../provider/record-link.ts'
import { endFamilies } from '../refresh-tokens.ts'
import { takeByMail } from '../take-by-mail.ts'
import { refuseWeakPassword } from './judge-password.ts'

type User = typeof users.$inferSelect

/**
 * Gives an account a new password. All its sign-ins end, all its browsers are forgotten and all open tokens of letters
 * are used up. The owner gets a letter that names the providers which still open the account. The database ends its
 * access tokens.
 *
 * @param chosen `byMail` is true when the owner followed the link of a letter
 * @returns the account as it is now, and the letter's id
 * @throws Problem `password_common` or `password_personal`
 */
export async function setPassword(
  ctx: Context,
  tx: Tx,
  user: User,
  { password, locale, byMail }: { password: string; locale: 'th' | 'en'; byMail: boolean },
): Promise<{ user: User; mailId: string | null }> {
  refuseWeakPassword(password, user)
  const set = { passwordHash: await hashPassword(password) }
  const [changed] = byMail
    ? [await takeByMail(ctx, tx, user, set)]
    : await tx.update(users).set(set).where(eq(users.id, user.id)).returning()
  await endFamilies(ctx, tx, user.id)
  await forgetDevices(tx, user.id)
  for (const purpose of ['reset_password', 'sign_in_code', 'unlock'] as const)
    await useUpTokens(ctx, tx, purpose, user.id)
  const them = { db: tx, from: ctx.from, caller: { userId: user.id } }
  if (byMail) await recordAudit(them, 'account.password_reset', `user:${user.id}`)
  else await recordAudit(them, 'account.password_change', `user:${user.id}`)
  const providers = await linkedProviders(ctx, tx, user.id)
  const mailId = await queueLetter(ctx, tx, {
    template: 'password_changed',
    to: user.email,
    locale,
    facts: providers === '' ? {} : { providers },
    secrets: {},
    path: '/forgot-password',
    dedupeKey: `password:${ctx.newId()}`,
  })
  return { user: changed!, mailId }
}
