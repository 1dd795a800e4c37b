import { spreadOverPhotos } from './split.ts'

/** Photos of one event that are sold by one offer. */
export interface SoldEvent {
  eventId: string
  /** Satang: what the offer costs. */
  total: number
  /** At least one, all different. */
  photoIds: readonly string[]
}

export interface PricedPhoto {
  eventId: string
  photoId: string
  /** Satang. */
  unitPrice: number
}

/**
 * What each photo of an order costs: an event's total is spread over that event's photos alone, so that one event's
 * price never pays another's photographers.
 *
 * @param events all different
 * @returns the photos in the order given; their prices add up to `total`, satang
 */
export function priceLines(events: readonly SoldEvent[]): { total: number; lines: PricedPhoto[] } {
  const lines = events.flatMap(({ eventId, total, photoIds }) => {
    const prices = spreadOverPhotos(total, photoIds)
    return photoIds.map(photoId => ({ eventId, photoId, unitPrice: prices.get(photoId)! }))
  })
  return { total: events.reduce((sum, event) => sum + event.total, 0), lines }
}
