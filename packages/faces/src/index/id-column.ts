/** Ids by place, 16 bytes each while they are UUIDs: a million strings would take a second to make and 60 MB to hold. */
export interface IdColumn {
  readonly bytes: number
  get(place: number): string
  /** Places are filled from 0 on without gaps. */
  set(place: number, key: Uint32Array): void
  copy(from: number, to: number): void
  /** What `set`, `is` and `hashId` take an id by, until the next call of this or of `keyOf`. */
  keyFor(id: string): Uint32Array
  /** The same; undefined for an id that nobody had a key for and that is no UUID: it cannot be held. */
  keyOf(id: string): Uint32Array | undefined
  is(place: number, key: Uint32Array): boolean
  /** The same for equal ids, spread over 32 bits. */
  hashAt(place: number): number
  /** The first `count` ids, as `createIdColumn` takes them. */
  columns(count: number): IdColumns
}

/** Four words per id. Those of an id that is no UUID are three times `ODD` and its place in `odd`. */
export interface IdColumns {
  words: Uint32Array
  odd: string[]
}

export const ID_WORDS = 4
const ODD = 0xffff_ffff
const LEAST_ROOM = 16

export function createIdColumn(from?: IdColumns): IdColumn {
  let words: Uint32Array = from?.words ?? new Uint32Array(LEAST_ROOM * ID_WORDS)
  /** These keys are kept for good, since the same ids tend to come again. The product's own ids are UUIDs. */
  const odd = from?.odd ?? []
  const placeOfOdd = new Map(odd.map((id, place) => [id, place]))
  const key = new Uint32Array(ID_WORDS)

  function keyOf(id: string): Uint32Array | undefined {
    if (packUuid(id, key)) return key
    const place = placeOfOdd.get(id)
    if (place === undefined) return undefined
    key.set([ODD, ODD, ODD, place])
    return key
  }

  function keepOdd(id: string): Uint32Array {
    placeOfOdd.set(id, odd.length)
    odd.push(id)
    return keyOf(id)!
  }

  return {
    get bytes() {
      return words.byteLength
    },
    get(place) {
      const at = place * ID_WORDS
      if (words[at] === ODD && words[at + 1] === ODD && words[at + 2] === ODD) return odd[words[at + 3]!]!
      return uuidOf(words, at)
    },
    set(place, wanted) {
      if (words.length < (place + 1) * ID_WORDS) words = grown(words)
      for (let n = 0; n < ID_WORDS; n += 1) words[place * ID_WORDS + n] = wanted[n]!
    },
    copy(from, to) {
      words.copyWithin(to * ID_WORDS, from * ID_WORDS, (from + 1) * ID_WORDS)
    },
    keyFor: id => keyOf(id) ?? keepOdd(id),
    keyOf,
    is(place, { 0: a, 1: b, 2: c, 3: d }) {
      const at = place * ID_WORDS
      return words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d
    },
    hashAt: place => hashId(words, place * ID_WORDS),
    columns: count => ({ words: words.slice(0, count * ID_WORDS), odd: [...odd] }),
  }
}

function grown(words: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.max(words.length * 2, LEAST_ROOM * ID_WORDS))
  larger.set(words)
  return larger
}

/** A hash of the four words from `at` on. */
export function hashId(words: Uint32Array, at = 0): number {
  let hash = Math.imul(words[at + 3]! ^ (words[at + 2]! >>> 7), 0x9e37_79b1)
  hash = Math.imul(hash ^ (hash >>> 15) ^ words[at]!, 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13) ^ words[at + 1]! ^ words[at + 2]!, 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const HYPHEN = '-'.charCodeAt(0)
const DIGITS = Uint8Array.from(Array.from({ length: 36 }, (_, n) => n).filter(n => ![8, 13, 18, 23].includes(n)))
const LETTERS = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0))
const NO_DIGIT = 16
/** The value of a digit by its letter's code. */
const VALUES = new Uint8Array(256).fill(NO_DIGIT)
LETTERS.forEach((letter, value) => (VALUES[letter] = value))

/** False when it is no UUID in lower case, or one that looks like the mark of an odd one. */
function packUuid(id: string, into: Uint32Array): boolean {
  if (id.length !== 36) return false
  if (id.charCodeAt(8) !== HYPHEN || id.charCodeAt(13) !== HYPHEN) return false
  if (id.charCodeAt(18) !== HYPHEN || id.charCodeAt(23) !== HYPHEN) return false
  let [word, all] = [0, 0]
  for (let n = 0; n < 32; n += 1) {
    const letter = id.charCodeAt(DIGITS[n]!)
    const value = letter < 256 ? VALUES[letter]! : NO_DIGIT
    all |= value
    word = (word << 4) | value
    if ((n & 7) === 7) into[n >> 3] = word
  }
  if (all >= NO_DIGIT) return false
  return into[0] !== ODD || into[1] !== ODD || into[2] !== ODD
}

const spelled = Buffer.alloc(36, HYPHEN)

function uuidOf(words: Uint32Array, at: number): string {
  for (let n = 0; n < 32; n += 8) {
    const word = words[at + (n >> 3)]!
    for (let k = 0; k < 8; k += 1) spelled[DIGITS[n + k]!] = LETTERS[(word >>> (28 - 4 * k)) & 15]!
  }
  return spelled.toString('latin1')
}
