import type { Package, PackageKind } from '@pix/contracts/pricing.ts'
import { formatBaht, parseBaht } from '@pix/domain/money.ts'

/** A package as its row of inputs holds it. */
export interface PackageRow {
  kind: PackageKind
  nameTh: string
  nameEn: string
  /** Only of a bundle. */
  photoCount: string
  /** Baht. */
  price: string
}
export type PackageFaults = Partial<
  Record<'nameTh' | 'nameEn' | 'photoCount' | 'price', 'required' | 'count' | 'price'>
>

const MOST_SATANG = 70_000_000

export const rowOf = (offered: Package): PackageRow => ({
  kind: offered.kind,
  nameTh: offered.name.th,
  nameEn: offered.name.en,
  photoCount: offered.photoCount === null ? '' : String(offered.photoCount),
  price: formatBaht(offered.price.amount).replace(/\.00$/, ''),
})

/** What is wrong with a row; a price of 0 is one. */
export function faultsOfRow(row: PackageRow): PackageFaults {
  const faults: PackageFaults = {}
  if (row.nameTh.trim() === '') faults.nameTh = 'required'
  if (row.nameEn.trim() === '') faults.nameEn = 'required'
  const count = Number(row.photoCount)
  if (row.kind === 'bundle' && !(Number.isInteger(count) && count >= 2 && count <= 1_000)) faults.photoCount = 'count'
  const satang = parseBaht(row.price.trim())
  if (satang === null || satang > MOST_SATANG) faults.price = 'price'
  return faults
}

/** What is sent of a row without faults. */
export const packageOf = ({ kind, nameTh, nameEn, photoCount, price }: PackageRow) => ({
  kind,
  name: { th: nameTh.trim(), en: nameEn.trim() },
  photoCount: kind === 'single' ? 1 : kind === 'bundle' ? Number(photoCount) : null,
  price: { amount: parseBaht(price.trim()) ?? 0, currency: 'THB' as const },
})
