import type { ShareKit } from '@pix/contracts/share-kit.ts'
import { drawPoster } from '@pix/pdf/draw-poster.ts'
import { create, toString } from 'qrcode'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import type { Storefront } from '../../../base/storefront.ts'
import { lookAfterCrew } from '../crew/find-crew-event.ts'
import type { EventRow } from '../visibility.ts'

/**
 * A poster hangs in the rain and is scanned from afar: this level can be read when a quarter of the code is unreadable.
 */
const QR = { errorCorrectionLevel: 'Q' } as const

/**
 * The short address of an event and its QR; null while it is planned, because its slug may still change.
 *
 * @throws Problem `not_found` unless the caller organizes or manages the event
 */
export async function readShareKit(ctx: CallerContext, eventId: string): Promise<ShareKit | null> {
  const event = await ownEvent(ctx, eventId)
  if (event.status === 'planning') return null
  const link = linkOf(shopOf(ctx, event), event)
  return { link, qr: await toString(link, { ...QR, type: 'svg', margin: 2 }) }
}

/**
 * The poster of an event, with the same address.
 *
 * @throws Problem `not_found` unless the caller organizes or manages the event, and while it is planned
 */
export async function makePoster(ctx: CallerContext, eventId: string): Promise<{ slug: string; pdf: Buffer }> {
  const event = await ownEvent(ctx, eventId)
  if (event.status === 'planning') throw notFound()
  const shop = shopOf(ctx, event)
  const link = linkOf(shop, event)
  const { modules } = create(link, QR)
  const pdf = await drawPoster({
    shop: shop.studio?.nameEn ?? 'ThePixStock',
    name: [event.nameTh, event.nameEn],
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    place: [event.venue, event.province].filter(Boolean).join(' '),
    byFace: event.faceSearchWording !== null,
    byCode: event.visibility === 'code',
    link,
    qr: { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 },
    at: ctx.now(),
  })
  return { slug: event.slug, pdf }
}

const ownEvent = (ctx: CallerContext, eventId: string): Promise<EventRow> =>
  lookAfterCrew(ctx, eventId, async (_, { event }) => event)

/** Where visitors find the event: the storefront that is asked where it is that of the event's studio, else the marketplace. */
const shopOf = ({ storefront, settings }: CallerContext, { studioId }: EventRow): Storefront =>
  storefront.studio?.id === studioId ? storefront : { origin: settings.PUBLIC_ORIGIN, studio: null }

const linkOf = ({ origin }: Storefront, { slug }: EventRow): string => `${origin}/e/${slug}`
