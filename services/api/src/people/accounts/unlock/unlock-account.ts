import { randomBytes } from 'node:crypto'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { findLinkToken, useUpTokens } from '../account-tokens.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { rememberDevice } from '../known-devices.ts'
import { forgetStrangers, forgive } from '../lockout.ts'

/**
 * Unlocks an account that strangers tried, by the token of a letter. The token shows that its bearer reads the
 * account's mail, so that this browser counts as known: from now on failed tries of others cannot lock it out. Signing
 * in comes after it.
 *
 * @returns what the browser is known by
 * @throws Problem `link_used_up`
 */
export async function unlockAccount(ctx: Context, token: string, browser: ShownBrowser): Promise<string> {
  const deviceToken = browser.deviceToken ?? randomBytes(32).toString('base64url')
  const user = await ctx.db.transaction(async tx => {
    const found = await findLinkToken(ctx, tx, 'unlock', token)
    if (!found) throw new Problem('link_used_up')
    await useUpTokens(ctx, tx, 'unlock', found.id)
    return found
  })
  await forgive(ctx, { address: user.email, from: { network: browser.network } })
  await forgetStrangers(ctx, user.email)
  await rememberDevice(ctx, user.id, deviceToken)
  return deviceToken
}
