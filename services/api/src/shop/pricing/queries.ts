import { baht } from '@pix/contracts/common.ts'
import type { Package } from '@pix/contracts/pricing.ts'
import { events } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { unlimitedRules } from './unlimited-rules.ts'

export type PriceContext = Pick<Joining<Context>, 'db' | 'now' | 'settings'>
export type PackageRow = typeof packages.$inferSelect

/** Packages of a list are in this order. */
export const inOrder = [asc(packages.position), asc(packages.id)]

/** What every event of the shop starts with: at a studio's storefront its own list, where it has one, else the platform's. */
export async function packagesOfShop(ctx: PriceContext & Pick<Context, 'storefront'>): Promise<Package[]> {
  const { studio } = ctx.storefront
  const ofShop = or(isNull(packages.studioId), studio ? eq(packages.studioId, studio.id) : undefined)
  const rows = await ctx.db
    .select()
    .from(packages)
    .where(and(isNull(packages.eventId), ofShop, packages.active))
    .orderBy(...inOrder)
  return narrowest(rows).map(row => toPackage(ctx, row, null))
}

/** What an event sells by: its own packages where it has any, else its studio's, else the platform's. */
export const packagesOfEvent = async (ctx: PriceContext, eventId: string): Promise<Package[]> =>
  (await packagesOfEvents(ctx, [eventId])).get(eventId) ?? []

/** The same for several events, in one query. Each has an entry, also where it sells nothing. */
export async function packagesOfEvents(
  ctx: PriceContext,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, Package[]>> {
  const found = new Map<string, Package[]>(eventIds.map(id => [id, []]))
  if (eventIds.length === 0) return found
  const shared = and(isNull(packages.eventId), or(isNull(packages.studioId), eq(packages.studioId, events.studioId)))
  const rows = await ctx.db
    .select({ eventId: events.id, startsAt: events.startsAt, row: packages })
    .from(events)
    .innerJoin(packages, and(packages.active, or(eq(packages.eventId, events.id), shared)))
    .where(inArray(events.id, [...eventIds]))
    .orderBy(...inOrder)
  for (const eventId of found.keys()) {
    const offered = rows.filter(row => row.eventId === eventId)
    const sold = narrowest(offered.map(({ row }) => row))
    found.set(
      eventId,
      sold.map(row => toPackage(ctx, row, offered[0]!.startsAt)),
    )
  }
  return found
}

/** The packages on sale: the event's list, else the studio's, else the platform's. */
function narrowest(rows: readonly PackageRow[]): PackageRow[] {
  const width = Math.min(...rows.map(widthOf))
  return rows.filter(row => widthOf(row) === width && !row.hidden)
}

/** The list that a package is in: 0 for an event's, 1 for a studio's, 2 for the platform's. */
const widthOf = ({ eventId, studioId }: PackageRow): number => (eventId !== null ? 0 : studioId !== null ? 1 : 2)

/** @param begins when the event begins, at which early-bird prices without an end of their own end */
function toPackage({ now, settings }: PriceContext, row: PackageRow, begins: Date | null): Package {
  const until = row.earlyUntil ?? begins
  const isEarly = row.earlyPrice !== null && until !== null && now() < until
  return {
    id: row.id,
    kind: row.kind,
    name: { th: row.nameTh, en: row.nameEn },
    photoCount: row.photoCount,
    price: baht(isEarly ? row.earlyPrice! : row.price),
    ...(isEarly && { early: { until: until.toISOString(), regular: baht(row.price) } }),
    ...(row.kind === 'unlimited' && { limits: unlimitedRules(settings) }),
  }
}
