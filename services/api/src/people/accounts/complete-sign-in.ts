import { randomBytes } from 'node:crypto'
import type { User } from '@pix/contracts/auth.ts'
import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
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
  /** The token by which the account knows this browser as one that signed in before. */
  deviceToken: string
}

/**
 * Ending all sign-ins of an account locks its row first (`endFamilies`): so it either ends this sign-in too, or this
 * check refuses it.
 */
async function refuseOvertaken(tx: Tx, { id, sessionVersion }: SignedInUser): Promise<void> {
  const [user] = await tx.select({ now: users.sessionVersion }).from(users).where(eq(users.id, id)).for('share')
  if (user?.now !== sessionVersion) throw new Problem('sign_in_over')
}

/**
 * Signs somebody in who has shown who they are, by every step that their account asks for, and remembers their browser:
 * from now on failures of others do not keep it out of this account. The sign-in that the browser had before ends: its
 * cookie is replaced.
 *
 * @throws Problem `sign_in_over` where all sign-ins of the account were ended since it was shown, by a new password for one
 */
export async function completeSignIn(
  ctx: Context,
  user: SignedInUser,
  { device, network, refreshToken, deviceToken: known }: ShownBrowser,
): Promise<SignIn> {
  const deviceToken = known ?? randomBytes(32).toString('base64url')
  const token = await ctx.db.transaction(async tx => {
    await refuseOvertaken(tx, user)
    await rememberDevice({ db: tx, now: ctx.now }, user.id, deviceToken)
    return beginFamily(ctx, tx, user.id, { device, network })
  })
  if (refreshToken !== null) await endFamily(ctx, refreshToken)
  return { user: await findUser(ctx, user.id), sessionVersion: user.sessionVersion, token, deviceToken }
}
