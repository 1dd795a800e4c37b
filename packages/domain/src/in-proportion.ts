/**
 * Divides whole satang in proportion to weights, so that none is made or lost. Largest remainder: everyone gets the floor
 * of their exact part, and the satang left over go one each to the largest fractions, ties to the earlier (spec/50).
 *
 * @param total satang, a non-negative safe integer
 * @param weights non-negative integers; one above 0 unless the total is 0
 * @returns satang in the order of the weights; their sum is the total
 */
export function inProportion(total: number, weights: readonly number[]): number[] {
  const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0) || 1)
  const parts = weights.map((weight, at) => {
    const exact = BigInt(total) * BigInt(weight)
    return { at, satang: Number(exact / whole), fraction: exact % whole }
  })
  const leftOver = total - parts.reduce((sum, part) => sum + part.satang, 0)
  const byFraction = parts.toSorted((a, b) =>
    a.fraction === b.fraction ? a.at - b.at : a.fraction > b.fraction ? -1 : 1,
  )
  for (const part of byFraction.slice(0, leftOver)) part.satang += 1
  return parts.map(part => part.satang)
}
