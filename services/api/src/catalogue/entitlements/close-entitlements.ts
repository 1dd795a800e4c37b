import type { Tx } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements, type closedWhy } from '@pix/db/schema/entitlements.ts'
import { and, inArray } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/**
 * Takes back what was bought: part of the transaction that refunds lines of orders or takes photos down. Their photos
 * can neither be downloaded nor seen by the buyer any more, and may be sold to them again. What is closed already stays
 * as it is.
 *
 * @param which lines of orders, or photos for all their buyers
 */
export async function closeEntitlements(
  { now }: Pick<Context, 'now'>,
  tx: Tx,
  which: { lineIds: readonly string[] } | { photoIds: readonly string[] },
  why: (typeof closedWhy.enumValues)[number],
): Promise<void> {
  const those =
    'lineIds' in which
      ? inArray(entitlements.lineId, [...which.lineIds])
      : inArray(entitlements.photoId, [...which.photoIds])
  await tx.update(entitlements).set({ closedAt: now(), closedWhy: why }).where(and(those, isBought()))
}
