import type { AuditAction } from '@pix/contracts/audit.ts'
import type { NewPackage, PackageList } from '@pix/contracts/package-lists.ts'
import type { Tx } from '@pix/db/client.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Joining } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { lockEvent, manageEvent } from '../../../catalogue/events/index.ts'
import { inStudio, MANAGERS } from '../../../people/studios/index.ts'
import { type ListOwner, ofList, readList } from './read-list.ts'

const PLATFORM: ListOwner = { studioId: null, eventId: null }

export const readPlatformList = ({ db }: CallerContext): Promise<PackageList> => readList(db, PLATFORM)

export const readStudioList = (ctx: CallerContext, studioId: string): Promise<PackageList> =>
  inStudio(ctx, studioId, MANAGERS, staff => readList(staff.db, { studioId, eventId: null }))

export const readEventList = (ctx: CallerContext, eventId: string): Promise<PackageList> =>
  manageEvent(ctx, eventId, (staff, { studioId }) => readList(staff.db, { studioId, eventId }))

/** Gives the platform other packages. Who has no list of their own sells by them from now on. */
export async function setPlatformList(ctx: CallerContext, items: readonly NewPackage[]): Promise<PackageList> {
  refuseUnfit(items)
  return ctx.db.transaction(tx =>
    replaceList({ ...ctx, db: tx }, PLATFORM, items, { action: 'platform.packages', subject: 'platform' }),
  )
}

/** Gives a studio a list of its own, or with an empty one the platform's back. */
export async function setStudioList(
  ctx: CallerContext,
  studioId: string,
  items: readonly NewPackage[],
): Promise<PackageList> {
  refuseUnfit(items)
  const audited = { action: 'studio.packages', subject: `studio:${studioId}` } as const
  return inStudio(ctx, studioId, MANAGERS, staff => replaceList(staff, { studioId, eventId: null }, items, audited))
}

/** Gives an event a list of its own, or with an empty one that of its studio or the platform back. */
export async function setEventList(
  ctx: CallerContext,
  eventId: string,
  items: readonly NewPackage[],
): Promise<PackageList> {
  refuseUnfit(items)
  const audited = { action: 'event.packages', subject: `event:${eventId}` } as const
  return manageEvent(ctx, eventId, async staff => {
    const { studioId } = await lockEvent(staff, eventId)
    return replaceList(staff, { studioId, eventId }, items, audited)
  })
}

/** Old packages are switched off, never deleted or changed: orders point at them. */
async function replaceList(
  ctx: Joining<CallerContext> & { db: Tx },
  owner: ListOwner,
  items: readonly NewPackage[],
  { action, subject }: { action: AuditAction; subject: string },
): Promise<PackageList> {
  const { db, now, newId } = ctx
  // One change of a list after the other: else both would stand.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`)
  const { isOwn, items: before } = await readList(db, owner)
  await db.update(packages).set({ active: false }).where(ofList(owner))
  const rows = items.map(({ kind, name, photoCount, price, early, hidden }, position) => ({
    id: newId(),
    ...owner,
    kind,
    nameTh: name.th,
    nameEn: name.en,
    photoCount,
    price: price.amount,
    earlyPrice: early?.price.amount ?? null,
    earlyUntil: early?.until ? new Date(early.until) : null,
    hidden,
    position,
    createdAt: now(),
  }))
  if (rows.length > 0) await db.insert(packages).values(rows)
  await recordAudit(ctx, action, subject, { before: { items: isOwn ? before : [] }, after: { items } })
  return readList(db, owner)
}

const fits = ({ kind, photoCount }: NewPackage): boolean =>
  kind === 'single' ? photoCount === 1 : kind === 'bundle' ? (photoCount ?? 0) > 1 : photoCount === null

/** A single is one photo, a bundle more, the others have no number; early is cheaper. The database says the same. */
function refuseUnfit(items: readonly NewPackage[]): void {
  const errors = items.flatMap((item, rank) => [
    ...(fits(item) ? [] : [{ path: `body.items.${rank}.photoCount`, message: `does not fit ${item.kind}` }]),
    ...(item.early && item.early.price.amount >= item.price.amount
      ? [{ path: `body.items.${rank}.early.price`, message: 'is not below the price' }]
      : []),
  ])
  if (errors.length > 0) throw new Problem('invalid_request', { errors })
}
