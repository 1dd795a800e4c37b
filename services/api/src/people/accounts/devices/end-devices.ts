import type { Queryable } from '@pix/db/client.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { and, countDistinct, eq, isNull, ne, sql } from 'drizzle-orm'
import type { CallerContext, Context, Joining } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { hashToken } from '@pix/db/hash-token.ts'

type Ending = Pick<Joining<Context>, 'db' | 'now'>

/** Signs one device out of this account. @throws Problem `not_found` for what is nobody's or somebody else's */
export async function endDevice({ db, now, caller }: CallerContext, familyId: string): Promise<void> {
  const hasEnded = await db.transaction(tx => endDeviceOf({ db: tx, now }, caller.userId, familyId))
  if (!hasEnded) throw notFound()
}

/** Signs out every device but the one that shows this refresh token. */
export async function endOtherDevices({ db, now, caller }: CallerContext, refreshToken: string | null): Promise<void> {
  await db.transaction(async tx => {
    const [here] = await tx
      .select({ familyId: refreshTokens.familyId })
      .from(refreshTokens)
      .where(and(signedIn(caller.userId), eq(refreshTokens.tokenHash, hashToken(refreshToken ?? ''))))
    const others = here && ne(refreshTokens.familyId, here.familyId)
    await end({ db: tx, now }, caller.userId, others)
  })
}

/** Signs one device of an account out. @returns whether it was signed in there */
export const endDeviceOf = async (ctx: Ending, userId: string, familyId: string): Promise<boolean> =>
  (await end(ctx, userId, eq(refreshTokens.familyId, familyId))) > 0

/** Signs every device of an account out, and ends access tokens whose sign-in is over already. @returns how many there were */
export async function endAllDevicesOf(ctx: Ending, userId: string): Promise<number> {
  const devices = await end(ctx, userId)
  if (devices === 0) await endAccessTokens(ctx.db, userId)
  return devices
}

const signedIn = (userId: string) => and(eq(refreshTokens.userId, userId), isNull(refreshTokens.revokedAt))

/** Ends those sign-ins of an account, and every access token. Devices that stay get new ones and notice nothing. */
async function end({ db, now }: Ending, userId: string, which?: ReturnType<typeof eq>): Promise<number> {
  const wanted = and(signedIn(userId), which)
  const [found] = await db
    .select({ devices: countDistinct(refreshTokens.familyId) })
    .from(refreshTokens)
    .where(wanted)
  if (!found || found.devices === 0) return 0
  await db.update(refreshTokens).set({ revokedAt: now() }).where(wanted)
  await endAccessTokens(db, userId)
  return found.devices
}

const endAccessTokens = (db: Queryable, userId: string) =>
  db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
