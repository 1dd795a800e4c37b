/** The number of the head office. */
export const HEAD_OFFICE = '00000'

/** Five digits: `00000` is the head office. */
export const BRANCH = /^\d{5}$/

const FORM = /^\d{13}$/

/**
 * Whether 13 digits are a Thai tax or citizen id: the last one is 11 less the weighted sum of the first twelve (weights 13
 * to 2) modulo 11, of which only the last digit counts.
 */
export function isTaxId(text: string): boolean {
  if (!FORM.test(text)) return false
  const sum = Array.from(text.slice(0, 12)).reduce((all, digit, at) => all + Number(digit) * (13 - at), 0)
  return (11 - (sum % 11)) % 10 === Number(text[12])
}

/** A tax id as it is written for people: `0105561000000` as `0-1055-61000-00-0`. */
export const groupTaxId = (taxId: string): string => taxId.replace(/^(\d)(\d{4})(\d{5})(\d{2})(\d)$/, '$1-$2-$3-$4-$5')

/** The number of a company, partnership or foundation begins with 0, a citizen's never does. */
export const isJuristicTaxId = (taxId: string): boolean => taxId.startsWith('0')
