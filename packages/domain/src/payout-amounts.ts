import { vatIncluded } from './vat.ts'

/** Tax that is withheld where nothing else is agreed, basis points (Revenue Code section 3 tredecim: hire of work, services). */
export const USUAL_WITHHOLDING_BP = 300

export interface PayoutTerms {
  /** A private person who pays withholds nothing. */
  isJuristicPayer: boolean
  /** The payee charges VAT, and it is in what they are owed. */
  isVatRegistered: boolean
  /** Basis points of the amount before VAT. */
  withholdingBp: number
  /** Satang before VAT: no tax is withheld from a smaller amount. */
  threshold: number
}

/** Satang. gross = withheld + net. */
export interface PayoutAmounts {
  gross: number
  /** The amount before the payee's VAT, on which tax is withheld. */
  base: number
  withheld: number
  net: number
}

/** Divides an amount into what goes to its payee and what goes to the tax office. @param gross satang, above 0 */
export function payoutAmounts(gross: number, terms: PayoutTerms): PayoutAmounts {
  const base = terms.isVatRegistered ? vatIncluded(gross).base : gross
  const isDue = terms.isJuristicPayer && base >= terms.threshold
  // Half a satang is rounded up, as the Revenue Department does.
  const withheld = isDue ? Number((BigInt(base) * BigInt(terms.withholdingBp) + 5_000n) / 10_000n) : 0
  return { gross, base, withheld, net: gross - withheld }
}
