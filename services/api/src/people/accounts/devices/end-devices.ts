import type { Tx } from '@pix/db/client.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { hashToken } from '@pix/db/hash-token.ts'

/** Signs one device out of this account. @throws Problem `not_found` for what is nobody's or somebody else's */
export async function endDevice({ db, now, caller }: CallerContext, familyId: string): Promise<void> {
  await db.transaction(async tx => {
    const ended = await tx
      .update(refreshTokens)
      .set({ revokedAt: now() })
      .where(and(mine(caller.userId), eq(refreshTokens.familyId, familyId)))
      .returning({ id: refreshTokens.id })
    if (ended.length === 0) throw notFound()
    await endAccessTokens(tx, caller.userId)
  })
}

/** Signs out every device but the one that shows this refresh token. */
export async function endOtherDevices({ db, now, caller }: CallerContext, refreshToken: string | null): Promise<void> {
  await db.transaction(async tx => {
    const [here] = await tx
      .select({ familyId: refreshTokens.familyId })
      .from(refreshTokens)
      .where(and(mine(caller.userId), eq(refreshTokens.tokenHash, hashToken(refreshToken ?? ''))))
    const others = here ? and(mine(caller.userId), ne(refreshTokens.familyId, here.familyId)) : mine(caller.userId)
    const ended = await tx
      .update(refreshTokens)
      .set({ revokedAt: now() })
      .where(others)
      .returning({ id: refreshTokens.id })
    if (ended.length > 0) await endAccessTokens(tx, caller.userId)
  })
}

const mine = (userId: string) => and(eq(refreshTokens.userId, userId), isNull(refreshTokens.revokedAt))

/** Also of the devices that stay signed in: they get new ones by their refresh tokens and notice nothing. */
const endAccessTokens = (tx: Tx, userId: string) =>
  tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
