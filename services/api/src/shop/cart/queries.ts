import type { Cart, CartEvent, Carts } from '@pix/contracts/cart.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches, searches } from '@pix/db/schema/searches.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { cartOf, type Owner, ownedBy } from '../../base/caller.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale } from '../../catalogue/events/index.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { packagesOfEvent, quoteForEvent } from '../pricing/index.ts'

/**
 * A buyer's carts with their prices, event by event; at a studio's storefront its own alone. Photos that were withdrawn, or that were bought meanwhile, are shown
 * as unavailable and not charged.
 */
export async function readCarts(ctx: Joining<BuyerContext>): Promise<Carts> {
  const { db, buyer, now } = ctx
  const rows = await readItems(ctx)
  if (rows.length === 0) return { items: [] }
  const photoIds = rows.map(row => row.id)
  const facts = {
    held: await heldEvents(db, [...new Set(rows.map(row => row.cartId))]),
    bought: await boughtPhotos(db, buyer, now(), photoIds),
    found: await searchesByPhoto(db, buyer, photoIds),
  }
  const items: Cart[] = []
  for (const cartId of new Set(rows.map(row => row.cartId))) {
    const own = rows.filter(row => row.cartId === cartId)
    items.push(await toCart(ctx, own, facts))
  }
  return { items }
}

const readItems = ({ db, buyer, storefront: { studio } }: Joining<BuyerContext>) =>
  db
    .select({ itemId: cartItems.id, cartId: cartItems.cartId, approval: photos.approval, ...tileColumns })
    .from(carts)
    .innerJoin(cartItems, eq(cartItems.cartId, carts.id))
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(and(cartOf(buyer, carts), studio ? eq(carts.studioId, studio.id) : undefined))
    .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
type ItemRow = Awaited<ReturnType<typeof readItems>>[number]

interface Facts {
  /** By event. */
  held: Awaited<ReturnType<typeof heldEvents>>
  bought: ReadonlySet<string>
  found: ReadonlyMap<string, string[]>
}

/** @param rows of one cart, one at least */
async function toCart({ db, now }: Joining<BuyerContext>, rows: readonly ItemRow[], facts: Facts): Promise<Cart> {
  const { held, bought, found } = facts
  const parts: CartEvent[] = []
  for (const eventId of new Set(rows.map(row => row.eventId))) {
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
  const { studio, vat } = held.get(rows[0]!.eventId)!
  return {
    id: rows[0]!.cartId,
    studio: { id: studio.id, slug: studio.slug, name: { th: studio.nameTh, en: studio.nameEn } },
    vat: vat ?? 'none',
    events: parts,
    total: baht(parts.reduce((sum, { quote }) => sum + (quote?.chosen.total.amount ?? 0), 0)),
  }
}

/** The events of carts' photos, their studio, and what the buyer insists on for each. */
async function heldEvents(db: Queryable, cartIds: readonly string[]) {
  const rows = await db
    .selectDistinctOn([events.id], {
      event: events,
      studio: studios,
      vat: studioSellers.vat,
      choice: cartChoices.choice,
    })
    .from(cartItems)
    .innerJoin(events, eq(events.id, cartItems.eventId))
    .innerJoin(studios, eq(studios.id, events.studioId))
    .leftJoin(studioSellers, eq(studioSellers.studioId, studios.id))
    .leftJoin(cartChoices, and(eq(cartChoices.eventId, events.id), eq(cartChoices.cartId, cartItems.cartId)))
    .where(inArray(cartItems.cartId, [...cartIds]))
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
