import type { ListedPackage, NewPackage } from '@pix/contracts/package-lists.ts'
import type { PackageKind } from '@pix/contracts/pricing.ts'
import { formatBaht, parseTypedBaht } from '@pix/domain/money.ts'
import { fromBangkokTime, toBangkokTime } from '../../base/bangkok-time.ts'

/** A package as its row of inputs holds it. */
export interface PackageRow {
  /** The key of the row on this page. */
  key: string
  kind: PackageKind
  nameTh: string
  nameEn: string
  /** Only of a bundle. */
  photoCount: string
  /** Baht. */
  price: string
  isEarly: boolean
  /** Baht. */
  earlyPrice: string
  /** In Bangkok; empty: when the event begins. */
  earlyUntil: string
  hidden: boolean
}
export type PackageField = 'nameTh' | 'nameEn' | 'photoCount' | 'price' | 'earlyPrice' | 'earlyUntil'
export type PackageFaults = Partial<Record<PackageField, 'required' | 'count' | 'price' | 'notBelow' | 'time'>>

const MOST_SATANG = 70_000_000
const shownBaht = (satang: number) => formatBaht(satang).replace(/\.00$/, '')

export const rowOf = (listed: ListedPackage): PackageRow => ({
  key: listed.id,
  kind: listed.kind,
  nameTh: listed.name.th,
  nameEn: listed.name.en,
  photoCount: listed.photoCount === null ? '' : String(listed.photoCount),
  price: shownBaht(listed.price.amount),
  isEarly: listed.early !== null,
  earlyPrice: listed.early ? shownBaht(listed.early.price.amount) : '',
  earlyUntil: listed.early?.until ? toBangkokTime(listed.early.until) : '',
  hidden: listed.hidden,
})

export const emptyRow = (key: string): PackageRow => ({
  key,
  kind: 'bundle',
  nameTh: '',
  nameEn: '',
  photoCount: '',
  price: '',
  isEarly: false,
  earlyPrice: '',
  earlyUntil: '',
  hidden: false,
})

const satangOf = (text: string): number | null => {
  const satang = parseTypedBaht(text)
  return satang === null || satang > MOST_SATANG ? null : satang
}

/** What is wrong with a row; a price of 0 is one. */
export function faultsOfRow(row: PackageRow): PackageFaults {
  const faults: PackageFaults = {}
  if (row.nameTh.trim() === '') faults.nameTh = 'required'
  if (row.nameEn.trim() === '') faults.nameEn = 'required'
  const count = Number(row.photoCount)
  if (row.kind === 'bundle' && !(Number.isInteger(count) && count >= 2 && count <= 1_000)) faults.photoCount = 'count'
  const price = satangOf(row.price)
  if (price === null) faults.price = 'price'
  if (!row.isEarly) return faults
  const early = satangOf(row.earlyPrice)
  if (early === null) faults.earlyPrice = 'price'
  else if (price !== null && early >= price) faults.earlyPrice = 'notBelow'
  if (row.earlyUntil !== '' && fromBangkokTime(row.earlyUntil) === null) faults.earlyUntil = 'time'
  return faults
}

/** What is sent of a row without faults. */
export const packageOf = (row: PackageRow): NewPackage => ({
  kind: row.kind,
  name: { th: row.nameTh.trim(), en: row.nameEn.trim() },
  photoCount: row.kind === 'single' ? 1 : row.kind === 'bundle' ? Number(row.photoCount) : null,
  price: { amount: satangOf(row.price) ?? 0, currency: 'THB' },
  early: row.isEarly
    ? { price: { amount: satangOf(row.earlyPrice) ?? 0, currency: 'THB' }, until: fromBangkokTime(row.earlyUntil) }
    : null,
  hidden: row.hidden,
})

/** The rows with one moved up (-1) or down (1). */
export function moved<T>(rows: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...rows]
  const [row] = next.splice(at, 1)
  if (row !== undefined) next.splice(at + by, 0, row)
  return next
}
