import type { Package, PackageKind } from '@pix/contracts/pricing.ts'
import { events } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem, notFound } from '../../base/problem.ts'
import { managedBy } from '../../catalogue/events/index.ts'
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
  const { db, now, newId } = ctx
  refuseOddCounts(items)
  return db.transaction(async tx => {
    const [event] = await tx
      .select({ studioId: events.studioId })
      .from(events)
      .where(and(eq(events.id, eventId), managedBy(ctx)))
      .for('update')
    if (!event) throw notFound()
    const before = await ownPackages(tx, eventId)
    await tx
      .update(packages)
      .set({ active: false })
      .where(and(eq(packages.eventId, eventId), packages.active))
    const rows = items.map(({ kind, name, photoCount, price }, position) => ({
      id: newId(),
      studioId: event.studioId,
      eventId,
      kind,
      nameTh: name.th,
      nameEn: name.en,
      photoCount,
      price: price.amount,
      position,
      createdAt: now(),
    }))
    if (rows.length > 0) await tx.insert(packages).values(rows)
    const facts = { before: { items: before }, after: { items } }
    await recordAudit({ ...ctx, db: tx }, 'event.packages', `event:${eventId}`, facts)
    return packagesOfEvent(tx, eventId)
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
