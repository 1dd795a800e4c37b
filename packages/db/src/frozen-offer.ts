import type { PackageKind } from '@pix/domain/words.ts'

interface FrozenMoney {
  amount: number
  currency: 'THB'
}

/** An offer as it was priced, kept as the wire's shape so that an order reads for ever as it was sold. */
export interface FrozenOffer {
  lines: {
    package: {
      id: string
      kind: PackageKind
      name: { th: string; en: string }
      photoCount: number | null
      price: FrozenMoney
      early?: { until: string; regular: FrozenMoney } | undefined
      limits?: { cap: number; extraPercent: number; extraMin: number; extraMax: number } | undefined
    }
    quantity: number
    photos: number
    amount: FrozenMoney
    /**
     * For a package `unlimited`: for each of them the search whose photos it pays for. Orders of early releases lack
     * it.
     */
    people?: { searchId: string; matches: number; photos: number; byHand: string[] }[] | undefined
  }[]
  total: FrozenMoney
  photos: number
}
