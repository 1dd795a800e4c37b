import type { FavouriteEvent, UnseenFavourites } from '@pix/contracts/favourites.ts'
import { events } from '@pix/db/schema/events.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, desc, eq, not, type SQL, sql } from 'drizzle-orm'
import { cartOf } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale, isShown } from '../../catalogue/events/index.ts'
import { approvedCover, seenPhoto, summarizeEvent, tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { packagesOfEvents } from '../pricing/index.ts'
import { mergeFavourites } from './merge-favourites.ts'

/** What can be seen here of a buyer's favourites now, by event; the others are only counted. */
export async function listFavourites(
  ctx: BuyerContext,
): Promise<{ items: FavouriteEvent[]; unseen: UnseenFavourites }> {
  await mergeFavourites(ctx)
  const { db, buyer, now } = ctx
  const rows = await db
    .select({ photo: tileColumns, event: events, cover: approvedCover })
    .from(favourites)
    .innerJoin(photos, eq(photos.id, favourites.photoId))
    .innerJoin(events, eq(events.id, favourites.eventId))
    .where(and(cartOf(buyer, favourites), seenPhoto(ctx)))
    .orderBy(desc(favourites.createdAt), desc(favourites.id))
  const bought = await boughtPhotos(
    db,
    buyer,
    now(),
    rows.map(({ photo }) => photo.id),
  )
  const packages = await packagesOfEvents(ctx, [...new Set(rows.map(({ event }) => event.id))])
  const items = new Map<string, FavouriteEvent>()
  for (const { photo, event, cover } of rows) {
    const item = items.get(event.id) ?? {
      event: summarizeEvent(event, cover),
      onSaleNow: isOnSale(event, now()),
      packages: packages.get(event.id) ?? [],
      photos: [],
    }
    item.photos.push({ photo: toTile(photo), bought: bought.has(photo.id) })
    items.set(event.id, item)
  }
  return { items: [...items.values()], unseen: await countUnseen(ctx) }
}

const count = (which: SQL) => sql<number>`(count(*) filter (where ${which}))::int`

/** Each unseen photo is counted by the first reason that holds: of another studio's photo nothing else is said. */
async function countUnseen(ctx: BuyerContext): Promise<UnseenFavourites> {
  const { studio } = ctx.storefront
  const isElsewhere = studio ? sql`(${events.studioId} <> ${studio.id})` : sql`false`
  const isWithdrawn = sql`not (${photos.approval} = 'approved' and ${isShown(ctx)})`
  const [counts] = await ctx.db
    .select({
      elsewhere: count(isElsewhere),
      withdrawn: count(sql`not ${isElsewhere} and ${isWithdrawn}`),
      locked: count(sql`not ${isElsewhere} and not ${isWithdrawn}`),
    })
    .from(favourites)
    .innerJoin(photos, eq(photos.id, favourites.photoId))
    .innerJoin(events, eq(events.id, favourites.eventId))
    .where(and(cartOf(ctx.buyer, favourites), not(seenPhoto(ctx))))
  return counts!
}

export async function listFavouriteIds(ctx: BuyerContext, eventId: string): Promise<{ ids: string[] }> {
  await mergeFavourites(ctx)
  const rows = await ctx.db
    .select({ photoId: favourites.photoId })
    .from(favourites)
    .where(and(cartOf(ctx.buyer, favourites), eq(favourites.eventId, eventId)))
  return { ids: rows.map(({ photoId }) => photoId) }
}
