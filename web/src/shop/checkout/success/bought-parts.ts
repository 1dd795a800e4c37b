import type { Downloads, EventDownloads, Order, OrderEvent } from '@pix/contracts/orders.ts'
import type { PhotoTile } from '@pix/contracts/photos.ts'

/** What a buyer has of an order's event. */
export interface BoughtPart {
  part: OrderEvent
  /** Photos that are theirs now, in the order's order. */
  photos: PhotoTile[]
  /** Photos of the order that were refunded or taken down. */
  takenBack: number
  /** Photos that stand above these. */
  before: number
  downloads: EventDownloads | undefined
}

/** An order event by event, with what is to be had of it: as its downloads name it; until they are there, as the order says. */
export function boughtParts(order: Order, downloads: Downloads | null): BoughtPart[] {
  let before = 0
  return order.events.map(part => {
    const had = downloads?.events.find(({ event }) => event.id === part.event.id)
    const open = new Set(had?.photos.map(({ photo }) => photo.id))
    const photos = part.photos.filter(photo => (downloads ? open.has(photo.id) : photo.bought))
    const shown = { part, photos, takenBack: part.photos.length - photos.length, before, downloads: had }
    before += photos.length
    return shown
  })
}

/** Whether anything of a paid order is still its buyer's. */
export const hasBought = ({ events }: Order): boolean =>
  events.some(({ photos }) => photos.some(({ bought }) => bought))
