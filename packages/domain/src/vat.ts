/** The rate in basis points: 7 % (Revenue Code section 80 with the royal decrees that lower it). */
export const VAT_BP = 700
const WHOLE_BP = 10_000

/** A price with VAT in it, and its two parts. Satang; base + vat = total. */
export interface VatParts {
  total: number
  base: number
  vat: number
}

/**
 * Divides a price that includes VAT into its base and the tax, to the satang: the tax is total × 7 / 107, rounded half up.
 *
 * @throws RangeError for anything but whole, non-negative satang
 */
export function vatIncluded(total: number, bp: number = VAT_BP): VatParts {
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`${total} is not whole satang`)
  const vat = Number((2n * BigInt(total) * BigInt(bp) + BigInt(WHOLE_BP + bp)) / (2n * BigInt(WHOLE_BP + bp)))
  return { total, base: total - vat, vat }
}

/**
 * The parts of an amount that is taken back of a price, such that the rest is divided as `vatIncluded` divides it.
 * However a price is taken back in pieces, their taxes add up to the tax of the price.
 *
 * @param left satang of the price that were not taken back before
 * @param back satang of them that are taken back now
 */
export function vatTakenBack(left: number, back: number, bp: number = VAT_BP): VatParts {
  if (back > left) throw new RangeError(`${back} satang are more than the ${left} that are left`)
  const vat = vatIncluded(left, bp).vat - vatIncluded(left - back, bp).vat
  return { total: back, base: back - vat, vat }
}
