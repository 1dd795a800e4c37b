/** A price, and what comes off it before it is split. */
export interface Priced {
  /** Satang. */
  price: number
  /** VAT that the price includes, basis points of the price without it. */
  vatBp: number
  /** The payment gateway's fee, basis points of the price. */
  feeBp: number
}

/**
 * VAT and fee of an order's lines, satang. Lines of one rate are added up and rounded once, as on the invoice. The
 * satang that are left over go one each to the largest fractions, ties to the earlier line. So the lines add up to the
 * order.
 *
 * @returns in the order of the lines; together never more than the price
 */
export function deductions(lines: readonly Priced[]): { vat: number; fee: number }[] {
  const vat = spread(lines, ({ vatBp }) => [vatBp, 10_000 + vatBp])
  const fee = spread(lines, ({ feeBp }) => [feeBp, 10_000])
  return lines.map(({ price }, at) => ({ vat: vat[at]!, fee: Math.min(fee[at]!, price - vat[at]!) }))
}

/** @param rateOf the part of the price that it is, as a fraction */
function spread(lines: readonly Priced[], rateOf: (line: Priced) => [of: number, parts: number]): number[] {
  const parts = lines.map((line, at) => {
    const [of, whole] = rateOf(line)
    const exact = BigInt(line.price) * BigInt(of)
    return { at, rate: of, whole, satang: Number(exact / BigInt(whole)), fraction: Number(exact % BigInt(whole)) }
  })
  for (const rate of new Set(parts.map(part => part.rate))) {
    const same = parts.filter(part => part.rate === rate)
    // The fractions' sum is below one satang for each line: a plain number holds it exactly.
    const left = Math.floor(same.reduce((sum, part) => sum + part.fraction, 0) / same[0]!.whole + 0.5)
    for (const part of same.toSorted((a, b) => b.fraction - a.fraction).slice(0, left)) part.satang += 1
  }
  return parts.map(part => part.satang)
}
