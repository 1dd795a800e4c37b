import type { Cart } from '@pix/contracts/cart.ts'
import type { Queryable } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches, searches } from '@pix/db/schema/searches.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { isOnSale } from '../../catalogue/events/index.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { packagesOfEvent, quoteForEvent } from '../pricing/index.ts'
import { boughtPhotos } from './sellable.ts'

const EMPTY: Cart = { event: null, items: [], choice: 'auto', quote: null }

/**
 * A session's cart with its price. Photos that were withdrawn, or that the session has bought meanwhile, are shown as
 * unavailable and not charged.
 */
export async function readCart(db: Queryable, sessionId: string, at: Date): Promise<Cart> {
  const [cart] = await db
    .select({ id: carts.id, choice: carts.choice, event: events })
    .from(carts)
    .innerJoin(events, eq(events.id, carts.eventId))
    .where(eq(carts.sessionId, sessionId))
  if (!cart) return EMPTY
  const rows = await db
    .select({ itemId: cartItems.id, approval: photos.approval, ...tileColumns })
    .from(cartItems)
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(eq(cartItems.cartId, cart.id))
    .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
  if (rows.length === 0) return EMPTY

  const { event } = cart
  const ids = rows.map(row => row.id)
  const bought = await boughtPhotos(db, sessionId, ids)
  const selling = isOnSale(event, at)
  const items = rows.map(row => ({
    id: row.itemId,
    photo: toTile(row),
    available: selling && row.approval === 'approved' && !bought.has(row.id),
  }))
  const priced = await priceItems(db, sessionId, event.id, items, cart.choice)
  return {
    event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
    items,
    choice: priced?.fits ? cart.choice : 'auto',
    quote: priced?.quote ?? null,
  }
}

/** The price of a cart's available photos, by the searches of this session that found them surely or likely. */
async function priceItems(
  db: Queryable,
  sessionId: string,
  eventId: string,
  items: Cart['items'],
  choice: string,
): Promise<ReturnType<typeof quoteForEvent>> {
  const photoIds = items.filter(item => item.available).map(item => item.photo.id)
  if (photoIds.length === 0) return null
  const offered = await packagesOfEvent(db, eventId)
  const found = await searchesByPhoto(db, sessionId, eventId, photoIds)
  const priced = photoIds.map(photoId => ({ photoId, eventId, searchIds: found.get(photoId) ?? [] }))
  return quoteForEvent(priced, offered, choice)
}

async function searchesByPhoto(
  db: Queryable,
  sessionId: string,
  eventId: string,
  photoIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ photoId: searchMatches.photoId, searchId: searchMatches.searchId })
    .from(searchMatches)
    .innerJoin(searches, eq(searches.id, searchMatches.searchId))
    .where(
      and(
        eq(searches.sessionId, sessionId),
        eq(searches.eventId, eventId),
        inArray(searchMatches.band, ['sure', 'likely']),
        eq(searchMatches.hidden, false),
        inArray(searchMatches.photoId, [...photoIds]),
      ),
    )
  const found = new Map<string, string[]>()
  for (const { photoId, searchId } of rows) found.set(photoId, [...(found.get(photoId) ?? []), searchId])
  return found
}
