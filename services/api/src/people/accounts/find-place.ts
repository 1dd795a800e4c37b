import { accountEmail } from '@pix/contracts/email.ts'
import type { Context } from '../../base/context.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import type { ShownBrowser } from './complete-sign-in.ts'
import { isKnownDevice } from './known-devices.ts'
import { everywhere, keyOf, type Place } from './lockout.ts'
import { familyOf } from './refresh-tokens.ts'

/**
 * From where somebody tries an account. Strangers share their count of tries with their network. A browser that signed
 * in to the account before, or is signed in, has a count of its own.
 */
export async function findPlace(
  ctx: Context,
  email: string,
  { network, refreshToken, deviceToken }: ShownBrowser,
): Promise<Place> {
  const address = accountEmail(email)
  if (deviceToken !== null && (await isKnownDevice(ctx, address, deviceToken)))
    return { address, from: { device: hashToken(deviceToken) } }
  const family = refreshToken === null ? null : await familyOf(ctx, refreshToken, address)
  return { address, from: family === null ? { network } : { family } }
}

/** The names under which tries from there, and letters asked for from there, are counted: the address stands in none. */
export async function placeKeys(ctx: Context, email: string, browser: ShownBrowser) {
  const place = await findPlace(ctx, email, browser)
  return { place: keyOf(place), stranger: 'network' in place.from ? everywhere(place.address) : null }
}
