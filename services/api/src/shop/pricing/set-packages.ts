import type { Package, PackageKind } from '@pix/contracts/pricing.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { lockEvent, manageEvent } from '../../catalogue/events/index.ts'
import { ownPackages, packagesOfEvent } from './queries.ts'

export interface NewPackage {
  kind: PackageKind
  name: { th: string; en: string }
  photoCount: number | null
  /** Satang. */
  price: { amount: number }
}

/**
 * Gives an event its own packages, or with an empty list those of its studio or the platform back. Old packages are switched off, never
 * deleted or changed: orders point at them.
 */
export async function setPackages(
  ctx: CallerContext,
  eventId: string,
  items: readonly NewPackage[],
): Promise<Package[]> {
  refuseOddCounts(items)
  return manageEvent(ctx, eventId, async staff => {
    const { db, now, newId } = staff
    const { studioId } = await lockEvent(staff, eventId)
    const before = await ownPackages(db, eventId)
    await db
      .update(packages)
      .set({ active: false })
      .where(and(eq(packages.eventId, eventId), packages.active))
    const rows = items.map(({ kind, name, photoCount, price }, position) => ({
      id: newId(),
      studioId,
      eventId,
      kind,
      nameTh: name.th,
      nameEn: name.en,
      photoCount,
      price: price.amount,
      position,
      createdAt: now(),
    }))
    if (rows.length > 0) await db.insert(packages).values(rows)
    await recordAudit(staff, 'event.packages', `event:${eventId}`, { before: { items: before }, after: { items } })
    return packagesOfEvent(db, eventId)
  })
}

/** A single is one photo, a bundle more, an unlimited has no number; the database says the same. */
function refuseOddCounts(items: readonly NewPackage[]): void {
  const fits = ({ kind, photoCount }: NewPackage) =>
    kind === 'single' ? photoCount === 1 : kind === 'bundle' ? (photoCount ?? 0) > 1 : photoCount === null
  const errors = items.flatMap((item, rank) =>
    fits(item) ? [] : [{ path: `body.items.${rank}.photoCount`, message: `does not fit ${item.kind}` }],
  )
  if (errors.length > 0) throw new Problem('invalid_request', { errors })
}
