import type { EventStatistics, Steps } from '@pix/contracts/statistics.ts'
import { addDays } from '@pix/domain/bangkok-day.ts'

/** What leads to a sale, in its order. */
export const STEPS = ['visits', 'searches', 'carts', 'paid'] as const satisfies readonly (keyof Steps)[]

const DAY_MS = 86_400_000
/** A chart of more days could not be read: then only days on which something happened are shown. */
const MOST_FILLED = 120

/**
 * A part of a whole, such as `12%`. Empty where the whole is 0, or less than the part, since not every earlier step was
 * counted.
 */
export const percentOf = (part: number, whole: number): string =>
  whole === 0 || part > whole ? '–' : `${((part * 100) / whole).toFixed(part > 0 && part * 10 < whole ? 1 : 0)}%`

/** The days from the first to the last, with those on which nothing happened. */
export function fillDays(days: EventStatistics['byDay']): EventStatistics['byDay'] {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const span = (Date.parse(last.day) - Date.parse(first.day)) / DAY_MS + 1
  if (span > MOST_FILLED) return days
  const known = new Map(days.map(day => [day.day, day]))
  return Array.from({ length: span }, (_, at) => {
    const day = addDays(first.day, at)
    return known.get(day) ?? { day, visits: 0, searches: 0, carts: 0, paid: 0 }
  })
}

/**
 * The address at which the photo desk shows what is on sale and was not sold, of everybody or of one photographer.
 *
 * @param desk the page that lists the event's photos
 */
export const unsoldPhotos = (desk: string, photographerId?: string): string =>
  `${desk}?place=on_sale&sold=no${photographerId === undefined ? '' : `&photographer=${photographerId}`}`
