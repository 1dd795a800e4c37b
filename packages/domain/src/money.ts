const BAHT_TEXT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/

/**
 * Reads decimal baht as a gateway writes it, digit by digit and so exactly: `129.5` and `129.50` are both 12,950
 * satang. Anything else (a sign, an exponent, a third decimal) is not an amount: null.
 *
 * @returns satang
 */
export function parseBaht(text: string): number | null {
  const found = BAHT_TEXT.exec(text)
  if (!found?.[1]) return null
  return Number(found[1] + (found[2] ?? '').padEnd(2, '0'))
}

/** Commas between thousands alone: who types `1,25` may think of 1.25. */
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.|$)/

/**
 * Reads an amount that a person typed: spaces around it and commas between its thousands do no harm, otherwise as
 * `parseBaht`. `1,250.50` is 125,050 satang.
 *
 * @returns satang, or null for what is no amount
 */
export function parseTypedBaht(text: string): number | null {
  const typed = text.trim()
  return parseBaht(GROUPED.test(typed) ? typed.replaceAll(',', '') : typed)
}

/**
 * Writes satang as decimal baht with both places, `129.50`: what the gateway is sent.
 *
 * @throws RangeError for anything but whole, non-negative satang: a bug in the caller
 */
export function formatBaht(satang: number): string {
  if (!Number.isSafeInteger(satang) || satang < 0) throw new RangeError(`${satang} is not whole satang`)
  const digits = String(satang).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
