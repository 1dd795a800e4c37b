import type { PersonCovered } from './assign-photos.ts'
import type { PackageKind } from './words.ts'

export interface QuotePhoto {
  photoId: string
  eventId: string
  /** Searches of the buyer in which the photo is a sure or likely match. */
  searchIds: readonly string[]
}

export interface QuotePackage {
  id: string
  kind: PackageKind
  /** 1 for a single, N for a bundle; null for one person's photos and for the whole event. */
  photoCount: number | null
  /** Satang. */
  price: number
}

interface QuoteLine {
  packageId: string
  quantity: number
  /** Photos the line pays for. */
  photos: number
  /** Satang. */
  amount: number
  /** For a package `unlimited`: the people whose photos each of them pays for. */
  people?: PersonCovered[]
}

export interface QuoteOffer {
  lines: QuoteLine[]
  /** Satang. */
  total: number
  photos: number
}
