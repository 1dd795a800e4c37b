/** Where the audit looks. */
export type Store = 'postgres' | 'redis' | 'objects' | 'snapshots' | 'logs'

/** One kind of biometric data, of search result or of letter, and how much of it is stored. */
export interface Kind {
  store: Store
  /** Such as `faces.embedding`. */
  kind: string
  /** Until when one is kept, for people. */
  kept: string
  count: number
  /** When the oldest of them was made; null without any. */
  oldest: string | null
  /** How many lie there longer than stated. */
  overdue: number
}

/** What must not be there, or what nobody has said what it is. */
export interface Fault {
  store: Store
  /** What it is and where. */
  what: string
}

/** What looking into one store gave. */
export interface Findings {
  kinds: Kind[]
  faults: Fault[]
}

/** The sweeps run every few minutes; what is due for longer than this is overdue. */
export const SLACK_MS = 30 * 60_000

/** Fractions in a row from which on they are taken for an embedding: a quarter of one. PostgreSQL reads it, too. */
export const NUMBER_LIST = String.raw`(-?[0-9]+\.[0-9]+(e-?[0-9]+)?\s*,\s*){32}`
/** Half of 128 float32 without a break, in base64 or hex. */
const PACKED = /[A-Za-z0-9+/]{340}|[0-9a-f]{512}/

const numbers = new RegExp(NUMBER_LIST, 'i')

/** A text that an embedding or a set of landmarks may stand in. */
export const looksBiometric = (text: string): boolean => numbers.test(text) || PACKED.test(text)
