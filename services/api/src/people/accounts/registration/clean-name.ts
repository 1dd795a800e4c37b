/** Marks that turn the direction of what follows, and whatever ends a line. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu

/** A person's name on one line, as it is kept. Any script. */
export const cleanName = (name: string): string =>
  name.normalize('NFC').replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()
