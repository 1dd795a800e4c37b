/** The parts of a letter that an operator may say in other words. */
export interface SaidWords {
  subject: string
  lines: readonly string[]
  action: string
  hint: string
}

/** Names of what is filled in where they stand in braces, such as `{number}`. */
export interface Places {
  /** Named somewhere in the letter. */
  needed: readonly string[]
  optional: readonly string[]
}

export interface PlaceFault {
  kind: 'unknown_place' | 'missing_place'
  /** Of the place, without braces. */
  name: string
  /** Where an unknown place stands; a missing one is wanted in the text. */
  field: keyof SaidWords
}

const FIELDS = ['subject', 'lines', 'action', 'hint'] as const

/** What keeps these words from being filled in: places that nothing fills, and needed ones that are named nowhere. */
export function placeFaults({ needed, optional }: Places, words: SaidWords): PlaceFault[] {
  const known = new Set([...needed, ...optional])
  const unknown = FIELDS.flatMap(field =>
    placesIn([words[field]].flat())
      .filter(name => !known.has(name))
      .map(name => ({ kind: 'unknown_place' as const, name, field })),
  )
  const named = new Set(placesOfWords(words))
  const missing = needed
    .filter(name => !named.has(name))
    .map(name => ({ kind: 'missing_place' as const, name, field: 'lines' as const }))
  return [...unknown, ...missing]
}

/** The names of all places in a letter's words, in the order in which they stand. */
export const placesOfWords = ({ subject, lines, action, hint }: SaidWords): string[] =>
  placesIn([subject, ...lines, action, hint])

const placesIn = (texts: readonly string[]): string[] =>
  texts.flatMap(text => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))
