import type { Cart, CartEvent } from '@pix/contracts/cart.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches, searches } from '@pix/db/schema/searches.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale } from '../../catalogue/events/index.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { packagesOfEvent, quoteForEvent } from '../pricing/index.ts'

/**
 * A buyer's cart with its price, event by event. Photos that were withdrawn, or that were bought meanwhile, are shown as
 * unavailable and not charged.
 */
export async function readCart({ db, buyer, now }: Joining<BuyerContext>): Promise<Cart> {
  const rows = await db
    .select({ itemId: cartItems.id, cartId: cartItems.cartId, approval: photos.approval, ...tileColumns })
    .from(carts)
    .innerJoin(cartItems, eq(cartItems.cartId, carts.id))
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(ownedBy(buyer, carts))
    .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
  const [first] = rows
  if (!first) return { events: [], total: baht(0) }

  const eventIds = [...new Set(rows.map(row => row.eventId))]
  const held = await heldEvents(db, first.cartId, eventIds)
  const photoIds = rows.map(row => row.id)
  const bought = await boughtPhotos(db, buyer, photoIds)
  const found = await searchesByPhoto(db, buyer, photoIds)
  const parts: CartEvent[] = []
  for (const eventId of eventIds) {
    const { event, choice } = held.get(eventId)!
    const selling = isOnSale(event, now())
    const items = rows
      .filter(row => row.eventId === eventId)
      .map(row => ({
        id: row.itemId,
        photo: toTile(row),
        available: selling && row.approval === 'approved' && !bought.has(row.id),
      }))
    const priced = await priceItems(db, eventId, items, choice ?? 'auto', found)
    parts.push({
      event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
      items,
      choice: priced?.fits && choice ? choice : 'auto',
      quote: priced?.quote ?? null,
    })
  }
  return { events: parts, total: baht(parts.reduce((sum, { quote }) => sum + (quote?.chosen.total.amount ?? 0), 0)) }
}

/** The events of a cart's photos, and what the buyer insists on for each. */
async function heldEvents(db: Queryable, cartId: string, eventIds: readonly string[]) {
  const rows = await db
    .select({ event: events, choice: cartChoices.choice })
    .from(events)
    .leftJoin(cartChoices, and(eq(cartChoices.eventId, events.id), eq(cartChoices.cartId, cartId)))
    .where(inArray(events.id, [...eventIds]))
  return new Map(rows.map(row => [row.event.id, row]))
}

/** The price of an event's available photos, by the searches of this buyer that found them surely or likely. */
async function priceItems(
  db: Queryable,
  eventId: string,
  items: CartEvent['items'],
  choice: string,
  found: ReadonlyMap<string, string[]>,
): Promise<ReturnType<typeof quoteForEvent>> {
  const photoIds = items.filter(item => item.available).map(item => item.photo.id)
  if (photoIds.length === 0) return null
  const offered = await packagesOfEvent(db, eventId)
  const priced = photoIds.map(photoId => ({ photoId, eventId, searchIds: found.get(photoId) ?? [] }))
  return quoteForEvent(priced, offered, choice)
}

async function searchesByPhoto(
  db: Queryable,
  buyer: Owner,
  photoIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ photoId: searchMatches.photoId, searchId: searchMatches.searchId })
    .from(searchMatches)
    .innerJoin(searches, eq(searches.id, searchMatches.searchId))
    .where(
      and(
        ownedBy(buyer, searches),
        inArray(searchMatches.band, ['sure', 'likely']),
        eq(searchMatches.hidden, false),
        inArray(searchMatches.photoId, [...photoIds]),
      ),
    )
  const found = new Map<string, string[]>()
  for (const { photoId, searchId } of rows) found.set(photoId, [...(found.get(photoId) ?? []), searchId])
  return found
}
