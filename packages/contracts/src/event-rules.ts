/**
 * What an event's fields may hold. The contract and the form's page use the same functions, which need no schema
 * library.
 */

const SLUG = /^[a-z0-9][a-z0-9-]{1,78}[a-z0-9]$/
/** A slug of this form would never be found, since an address of this form is read as an id. */
const LOOKS_LIKE_AN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** May be an event's address. */
export const isSlug = (text: string): boolean => SLUG.test(text) && !LOOKS_LIKE_AN_ID.test(text)

/** Letters that show nothing: fillers of Hangul, and the empty braille cell. */
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/gu

/** Whether a text has a letter, a figure or a sign that a reader can see. */
export const canBeSeen = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replaceAll(BLANKS, ''))

/** A code as it is kept and compared: capitals, without the spaces and hyphens that people put in or leave out. */
export const tidyCode = (typed: string): string => typed.normalize('NFKC').replaceAll(/[\s-]/gu, '').toUpperCase()

/** Whether a text may be an event's code: a shorter one could be guessed. */
export const isEventCode = (typed: string): boolean => /^[\p{L}\p{M}\p{N}]{6,32}$/u.test(tidyCode(typed))
