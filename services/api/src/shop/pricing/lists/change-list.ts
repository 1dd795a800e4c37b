import type { ListedPackage, NewPackage, PackageList } from '@pix/contracts/package-lists.ts'
import type { Tx } from '@pix/db/client.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Context } from '../../../base/context.ts'
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

/** A list as it is to be, and the revision of the one that it is made of. */
interface NewList {
  items: readonly NewPackage[]
  revision?: string | undefined
}

/**
 * Gives the platform other packages. Everybody without a list of their own sells by them from now on.
 *
 * @throws Problem `packages_changed` when somebody else was faster
 */
export async function setPlatformList(ctx: CallerContext, list: NewList): Promise<PackageList> {
  refuseUnfit(list.items)
  return ctx.db.transaction(async tx => {
    const changed = await replaceList({ ...ctx, db: tx }, PLATFORM, list)
    await recordAudit({ ...ctx, db: tx }, 'platform.packages', 'platform', changed)
    return readList(tx, PLATFORM)
  })
}

/** Gives a studio a list of its own; an empty one gives it the platform's again. @throws Problem `packages_changed` */
export async function setStudioList(ctx: CallerContext, studioId: string, list: NewList): Promise<PackageList> {
  refuseUnfit(list.items)
  const owner: ListOwner = { studioId, eventId: null }
  return inStudio(ctx, studioId, MANAGERS, async staff => {
    const changed = await replaceList(staff, owner, list)
    await recordAudit(staff, 'studio.packages', `studio:${studioId}`, changed)
    return readList(staff.db, owner)
  })
}

/**
 * Gives an event a list of its own; an empty one gives it that of its studio or the platform again.
 *
 * @throws Problem `packages_changed`
 */
export async function setEventList(ctx: CallerContext, eventId: string, list: NewList): Promise<PackageList> {
  refuseUnfit(list.items)
  return manageEvent(ctx, eventId, async staff => {
    const { studioId } = await lockEvent(staff, eventId)
    const owner: ListOwner = { studioId, eventId }
    const changed = await replaceList(staff, owner, list)
    await recordAudit(staff, 'event.packages', `event:${eventId}`, changed)
    return readList(staff.db, owner)
  })
}

/**
 * Old packages are switched off, never deleted or changed: orders point at them.
 *
 * @returns what its audit keeps
 */
async function replaceList(
  { db, now, newId }: Pick<Context, 'now' | 'newId'> & { db: Tx },
  owner: ListOwner,
  { items, revision }: NewList,
): Promise<{ before: { items: readonly ListedPackage[] }; after: { items: readonly NewPackage[] } }> {
  const list = `packages ${owner.studioId} ${owner.eventId}`
  // Changes of one list wait for each other: else both would be in force.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${list}, 0))`)
  const { isOwn, items: before, revision: present } = await readList(db, owner)
  if (revision !== undefined && revision !== present) throw new Problem('packages_changed')
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
  return { before: { items: isOwn ? before : [] }, after: { items } }
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
