import { z } from 'zod'

/** Signs that nobody sees and that come along when an address is copied; tabs and line ends, too. */
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Variation_Selector}\u115F\u1160\u2028\u2029\u3164]|\u034F/gu
/** Dots may stand anywhere: large carriers have given out such addresses, and their mail arrives. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const LONGEST = 254

/**
 * An address as mail programs take it: without invisible marks, full-width signs made plain, the domain in ASCII and
 * lower case (`ไทย` becomes `xn--o3cw4h`).
 *
 * @returns null for what cannot be mailed
 */
export function cleanEmail(text: string): string | null {
  const plain = text.replaceAll(INVISIBLE, '').normalize('NFKC').trim()
  const at = plain.lastIndexOf('@')
  const local = plain.slice(0, Math.max(0, at))
  const domain = toAscii(plain.slice(at + 1))
  if (at < 0 || !LOCAL.test(local) || domain === null) return null
  const clean = `${local}@${domain}`
  return clean.length <= LONGEST ? clean : null
}

/** The address by which an account is found: {@link cleanEmail} in lower case, as people sign in however they type it. */
export const accountEmail = (text: string): string => (cleanEmail(text) ?? text).toLowerCase()

/** What a browser makes of a host name (UTS #46); null where it is no domain that has mail. */
function toAscii(domain: string): string | null {
  if (/[\s/:?#@%\\[\]<>]/.test(domain) || !URL.canParse(`http://${domain}`)) return null
  const labels = new URL(`http://${domain}`).hostname.replace(/\.$/, '').split('.')
  const last = labels.at(-1) ?? ''
  const isDomain =
    labels.length > 1 && labels.every(label => LABEL.test(label)) && /[a-z]/.test(last) && last.length > 1
  return isDomain ? labels.join('.') : null
}

/** As people write or paste it; kept as {@link cleanEmail} makes it. */
export const Email = z
  .string()
  .max(320)
  .refine(text => cleanEmail(text) !== null, 'is no address that can be mailed')
  .meta({ format: 'email' })
