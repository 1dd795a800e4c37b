/** Where most of our buyers have their mail, and real ones that only look like a slip of those. */
const KNOWN = [
  'gmail.com',
  'hotmail.com',
  'hotmail.co.th',
  'hotmail.co.uk',
  'outlook.com',
  'outlook.co.th',
  'yahoo.com',
  'yahoo.co.th',
  'yahoo.co.jp',
  'yahoo.co.uk',
  'icloud.com',
  'live.com',
  'live.co.th',
  'windowslive.com',
  'protonmail.com',
  'docomo.ne.jp',
  'ymail.com',
  'mail.com',
  'email.com',
  'gmx.com',
  'me.com',
  'mac.com',
  'aol.com',
  'msn.com',
]
/** Shorter domains resemble too many others, so they are never suggested. */
const GUESSED = KNOWN.filter(domain => domain.length > 7)

/** Endings that no domain has, each with the common ending that it resembles. */
const ENDS: Record<string, string> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  comm: 'com',
  coom: 'com',
  vom: 'com',
  xom: 'com',
  cpm: 'com',
  cim: 'com',
  copm: 'com',
  nte: 'net',
  ent: 'net',
  ogr: 'org',
}

/**
 * The address that was probably intended: one slip away from a domain that many people have, or with an end that no domain
 * has. Only ever a question.
 *
 * @param email as it is kept (`cleanEmail`)
 */
export function suggestEmail(email: string): string | null {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  if (KNOWN.includes(domain)) return null
  const near = GUESSED.find(known => isOneSlip(domain, known)) ?? withRightEnd(domain)
  return near === null ? null : `${email.slice(0, at)}@${near}`
}

function withRightEnd(domain: string): string | null {
  const dot = domain.lastIndexOf('.')
  const end = ENDS[domain.slice(dot + 1)]
  if (end === undefined) return null
  const mended = `${domain.slice(0, dot)}.${end}`
  return GUESSED.find(known => isOneSlip(mended, known)) ?? mended
}

/** One letter too many, missing, wrong, or two of them swapped. */
function isOneSlip(given: string, known: string): boolean {
  let start = 0
  while (start < given.length && given[start] === known[start]) start += 1
  const [a, b] = [given.slice(start), known.slice(start)]
  if (a === b) return true
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return isSwapped || a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1)
}
