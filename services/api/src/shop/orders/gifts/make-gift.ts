import type { MadeGift, makeGift as contract } from '@pix/contracts/gifts.ts'
import type { Tx } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { giftPhotos, gifts } from '@pix/db/schema/gifts.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { slices } from '@pix/db/slices.ts'
import { GIFT_DAYS, MOST_GIFTS } from '@pix/domain/gifts.ts'
import { and, eq, inArray, lte } from 'drizzle-orm'
import { toString } from 'qrcode'
import type { z } from 'zod'
import { boughtBy } from '../../../base/caller.ts'
import { newLinkToken } from '../../../base/codes.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { settleEmail } from '../access/settle-email.ts'
import { ownOrders } from '../queries.ts'

/** The page that opens a gift; the token follows as the fragment, which no server is sent. */
const GIFT_PATH = '/gift'
const DAY_MS = 86_400_000

type Asked = z.output<typeof contract.schema.body>

/**
 * Gives photos that this buyer may download to anybody who has the link. The link ends after 30 days, and with the downloads
 * of its photos. Like a download, it settles the order's e-mail.
 *
 * @throws Problem `not_found` where a photo is not the buyer's to download by this order, `illegal_state` where as many
 * links of the order are open as may be
 */
export async function makeGift(ctx: BuyerContext, orderId: string, asked: Asked): Promise<MadeGift> {
  const lines = await openLines(ctx, orderId, [...new Set(asked.photoIds)])
  await settleEmail(ctx, orderId)
  const [id, token, createdAt] = [ctx.newId(), newLinkToken(), ctx.now()]
  const ends = [createdAt.getTime() + GIFT_DAYS * DAY_MS, ...lines.map(({ until }) => until.getTime())]
  const expiresAt = new Date(Math.min(...ends))
  const said = { giver: asked.giver ?? null, note: asked.note ?? null }
  await ctx.db.transaction(async tx => {
    const slot = await freeSlot(ctx, tx, orderId)
    const kept = { slot, tokenHash: hashToken(token), giverName: said.giver, note: said.note, createdAt, expiresAt }
    await tx.insert(gifts).values({ id, orderId, ...kept })
    const rows = lines.map(({ lineId }) => ({ giftId: id, orderId, lineId }))
    for (const some of slices(rows)) await tx.insert(giftPhotos).values(some)
  })
  const link = `${ctx.storefront.origin}${GIFT_PATH}#${token}`
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
  return {
    gift: { id, photos: lines.length, ...said, ...times, downloads: 0 },
    link,
    qr: await toString(link, { type: 'svg', margin: 2 }),
  }
}

/** The lines of these photos, each of which the buyer may download. */
async function openLines({ db, buyer, now }: BuyerContext, orderId: string, photoIds: readonly string[]) {
  const open = await db
    .select({ lineId: entitlements.lineId, until: entitlements.until })
    .from(entitlements)
    .where(
      and(
        eq(entitlements.orderId, orderId),
        inArray(entitlements.photoId, [...photoIds]),
        boughtBy(buyer, now(), entitlements),
        mayBeDownloaded(now()),
      ),
    )
  if (open.length < photoIds.length) throw notFound()
  return open
}

/**
 * A number that no open link of the order has. The order's row is locked: two that ask at once get two numbers.
 */
async function freeSlot(ctx: BuyerContext, tx: Tx, orderId: string): Promise<number> {
  const own = and(eq(orders.id, orderId), ownOrders(ctx))
  const locked = await tx.select({ id: orders.id }).from(orders).where(own).for('no key update')
  if (locked.length === 0) throw notFound()
  const ofOrder = eq(gifts.orderId, orderId)
  await tx.delete(gifts).where(and(ofOrder, lte(gifts.expiresAt, ctx.now())))
  const open = await tx.select({ slot: gifts.slot }).from(gifts).where(ofOrder)
  const taken = new Set(open.map(({ slot }) => slot))
  const free = Array.from({ length: MOST_GIFTS }, (_, at) => at + 1).find(slot => !taken.has(slot))
  if (free === undefined) throw new Problem('illegal_state')
  return free
}
