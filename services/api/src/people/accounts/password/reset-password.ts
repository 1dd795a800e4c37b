import { randomBytes } from 'node:crypto'
import type { Context } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { findLinkToken } from '../account-tokens.ts'
import { rememberDevice } from '../known-devices.ts'
import { setPassword } from './set-password.ts'

/**
 * Sets a new password by the token of a letter. The token shows that its bearer reads the account's mail: the address
 * counts as verified and this browser as known. Signing in comes after it. A password that is refused uses nothing up.
 *
 * @returns what the browser is known by from now on
 * @throws Problem `link_used_up`, `password_common` or `password_personal`
 */
export async function resetPassword(
  ctx: Context,
  { token, ...chosen }: { token: string; password: string; locale: 'th' | 'en' },
  known: string | null,
): Promise<string> {
  const { user, mailId } = await ctx.db.transaction(async tx => {
    const found = await findLinkToken(ctx, tx, 'reset_password', token)
    if (!found) throw new Problem('link_used_up')
    return setPassword(ctx, tx, found, { ...chosen, byMail: true })
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  const deviceToken = known ?? randomBytes(32).toString('base64url')
  await rememberDevice(ctx, user.id, deviceToken)
  return deviceToken
}
