import type { Device } from '@pix/contracts/accounts.ts'
import { refreshTokens } from '@pix/db/schema/auth.ts'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { hashToken } from '@pix/db/hash-token.ts'

/** More than anybody has; a program that signs in anew each time shows its last ones. */
const MOST = 100

/** Where somebody is signed in, the place used last first. */
export async function listDevices(
  { db, now, caller }: CallerContext,
  refreshToken: string | null,
): Promise<{ items: Device[] }> {
  // Each sign-in has one token that was not swapped yet: it was made when the device was last there.
  const rows = await db
    .select()
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.userId, caller.userId),
        isNull(refreshTokens.rotatedAt),
        isNull(refreshTokens.revokedAt),
        gt(refreshTokens.expiresAt, now()),
      ),
    )
    .orderBy(desc(refreshTokens.createdAt), desc(refreshTokens.id))
    .limit(MOST)
  const shown = refreshToken === null ? null : hashToken(refreshToken)
  const items = rows.map(({ familyId, device, network, createdAt, tokenHash }) => ({
    id: familyId,
    device,
    network: network === null ? null : roughly(network),
    lastUsedAt: createdAt.toISOString(),
    isThis: tokenHash === shown,
  }))
  return { items }
}

/** Enough of a network to know one's own again: `203.0.113.…`. */
const roughly = (network: string): string =>
  network.includes(':') ? `${network.split(':').slice(0, 3).join(':')}:…` : network.replace(/\.\d+$/, '.…')
