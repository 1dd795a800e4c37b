const DIGITS = ['', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า']
const PLACES = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน']

/** @param number below a million */
function belowMillion(number: number, hasMore: boolean): string {
  const digits = [...String(number)].toReversed().map(Number)
  return digits
    .map((digit, place) => {
      if (digit === 0) return ''
      if (place === 1) return `${digit === 1 ? '' : digit === 2 ? 'ยี่' : DIGITS[digit]}สิบ`
      if (place === 0 && digit === 1 && (digits.length > 1 || hasMore)) return 'เอ็ด'
      return `${DIGITS[digit]}${PLACES[place]}`
    })
    .toReversed()
    .join('')
}

function inThai(number: number): string {
  const millions = Math.floor(number / 1_000_000)
  const rest = belowMillion(number % 1_000_000, millions > 0)
  return millions === 0 ? rest : `${inThai(millions)}ล้าน${rest}`
}

/**
 * An amount in Thai words, as documents write it below the figures: `ห้าร้อยบาทถ้วน`.
 *
 * @param satang whole and not negative
 */
export function bahtInWords(satang: number): string {
  if (!Number.isSafeInteger(satang) || satang < 0) throw new RangeError(`${satang} is not whole satang`)
  const [baht, rest] = [Math.floor(satang / 100), satang % 100]
  if (satang === 0) return 'ศูนย์บาทถ้วน'
  const whole = baht === 0 ? '' : `${inThai(baht)}บาท`
  return rest === 0 ? `${whole}ถ้วน` : `${whole}${belowMillion(rest, false)}สตางค์`
}
