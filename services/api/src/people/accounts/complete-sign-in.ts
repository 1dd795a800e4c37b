import { randomBytes } from 'node:crypto'
import type { User } from '@pix/contracts/auth.ts'
import type { Context } from '../../base/context.ts'
import { findUser } from './find-user.ts'
import { rememberDevice } from './known-devices.ts'
import { beginFamily, endFamily, type Browser, type SignedInUser } from './refresh-tokens.ts'

/** What a browser shows of itself: the cookies by which it is signed in, and known. */
export interface ShownBrowser extends Browser {
  refreshToken: string | null
  deviceToken: string | null
}

/** A sign-in that has begun, and what its browser is given. */
export interface SignIn {
  user: User
  sessionVersion: number
  /** The refresh token. */
  token: string
  /** By which the browser is known to have signed in here before. */
  deviceToken: string
}

/**
 * Signs somebody in who has shown who they are, by every step that their account asks for, and remembers their browser:
 * from now on failures of others do not keep it out of this account. The sign-in that the browser had before ends: its
 * cookie is replaced.
 */
export async function completeSignIn(
  ctx: Context,
  user: SignedInUser,
  { device, network, refreshToken, deviceToken: known }: ShownBrowser,
): Promise<SignIn> {
  const deviceToken = known ?? randomBytes(32).toString('base64url')
  await rememberDevice(ctx, user.id, deviceToken)
  if (refreshToken !== null) await endFamily(ctx, refreshToken)
  const token = await beginFamily(ctx, user.id, { device, network })
  return { user: await findUser(ctx, user.id), sessionVersion: user.sessionVersion, token, deviceToken }
}
