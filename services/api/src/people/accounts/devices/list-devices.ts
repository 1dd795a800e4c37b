import type { Device } from '@pix/contracts/accounts.ts'
import { refreshTokens } from '@pix/db/schema/auth.ts'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { hashToken } from '@pix/db/hash-token.ts'

/** More than anybody has; a program that signs in again each time shows its last ones. */
const MOST = 100

/** Where the caller is signed in, the place used last first. */
export const listDevices = async (ctx: CallerContext, refreshToken: string | null): Promise<{ items: Device[] }> => ({
  items: await listDevicesOf(ctx, ctx.caller.userId, refreshToken),
})

/** Where an account is signed in, the place used last first. */
export async function listDevicesOf(
  { db, now }: Pick<CallerContext, 'db' | 'now'>,
  userId: string,
  refreshToken: string | null,
): Promise<Device[]> {
  // Each sign-in has one token that was not swapped yet. That token was made when the device was last there.
  const rows = await db
    .select()
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.userId, userId),
        isNull(refreshTokens.rotatedAt),
        isNull(refreshTokens.revokedAt),
        gt(refreshTokens.expiresAt, now()),
      ),
    )
    .orderBy(desc(refreshTokens.createdAt), desc(refreshTokens.id))
    .limit(MOST)
  const shown = refreshToken === null ? null : hashToken(refreshToken)
  return rows.map(({ familyId, device, network, createdAt, tokenHash }) => ({
    id: familyId,
    device,
    network: network === null ? null : roughly(network),
    lastUsedAt: createdAt.toISOString(),
    isThis: tokenHash === shown,
  }))
}

/** A part of a network's address, enough to recognize one's own: `203.0.113.…`. */
const roughly = (network: string): string =>
  network.includes(':') ? `${network.split(':').slice(0, 3).join(':')}:…` : network.replace(/\.\d+$/, '.…')
