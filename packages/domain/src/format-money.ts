const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/**
 * Satang as people read them, on screens and in letters of both languages: `฿1,250`, and with satang only where there are any (`฿500.07`).
 *
 * @param satang integer, 1/100 baht; may be negative
 */
export function formatMoney(satang: number): string {
  const sign = satang < 0 ? '−' : ''
  const baht = Math.abs(satang) / 100
  return `${sign}฿${(satang % 100 === 0 ? whole : cents).format(baht)}`
}
