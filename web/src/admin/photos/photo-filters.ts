import type { Input } from '@pix/contracts/client.ts'
import { type listManagedPhotos, PHOTO_PLACES } from '@pix/contracts/managed-photos.ts'
import type { LocationQuery } from 'vue-router'
import { fromBangkokTime, toBangkokTime } from '../../base/bangkok-time.ts'

const FILTERS = ['q', 'place', 'photographer', 'faces', 'sold', 'from', 'to'] as const
type Filter = (typeof FILTERS)[number]

/** What the list is narrowed to; nothing set shows all of it. */
export type PhotoFilters = Pick<Input<typeof listManagedPhotos>['query'], Filter>

/** The filters as their fields hold them: times as Bangkok's clock shows them. */
export type TypedFilters = Record<Filter, string>

const ALLOWED: Partial<Record<Filter, readonly string[]>> = {
  place: PHOTO_PLACES,
  faces: ['yes', 'no'],
  sold: ['yes', 'no'],
}

/** The filters that an address carries; what is none is left out. */
export function filtersOf(query: LocationQuery): PhotoFilters {
  const set = FILTERS.flatMap(name => {
    const value = query[name]
    if (typeof value !== 'string' || value.trim() === '') return []
    if (ALLOWED[name] && !ALLOWED[name].includes(value)) return []
    const isTime = name === 'from' || name === 'to'
    return isTime && Number.isNaN(Date.parse(value)) ? [] : [[name, value.trim()]]
  })
  return Object.fromEntries(set) as PhotoFilters
}

export const typedOf = (filters: PhotoFilters): TypedFilters => ({
  q: filters.q ?? '',
  place: filters.place ?? '',
  photographer: filters.photographer ?? '',
  faces: filters.faces ?? '',
  sold: filters.sold ?? '',
  from: filters.from === undefined ? '' : toBangkokTime(filters.from),
  to: filters.to === undefined ? '' : toBangkokTime(filters.to),
})

export const sentOf = (typed: TypedFilters): PhotoFilters =>
  filtersOf({ ...typed, from: fromBangkokTime(typed.from), to: fromBangkokTime(typed.to) })
