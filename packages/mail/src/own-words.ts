import { type PlaceFault, placeFaults, type Places, type SaidWords } from '@pix/domain/letter-places.ts'
import { LETTERS, type LetterTemplate } from '@pix/domain/letters.ts'
import { en } from './words.en.ts'
import { th } from './words.th.ts'
import type { Words } from './words.ts'

export const LOCALES = ['th', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const OURS = { th, en } as const satisfies Record<Locale, unknown>

/** The words that a letter has as long as nobody has set others. */
export const ourWords = (template: LetterTemplate, locale: Locale): Words => OURS[locale][template]

/** What a letter may do without. */
export function optionalFacts(template: LetterTemplate): readonly string[] {
  const letter = LETTERS[template]
  return [...('mayLack' in letter ? letter.mayLack : []), ...('figures' in letter ? letter.figures : [])]
}

/**
 * A letter needs each of its facts. What it may lack may also be left out of its words, and so may its code, which has a
 * place of its own.
 */
export function placesOf(template: LetterTemplate): Places {
  const letter = LETTERS[template]
  const secrets: readonly string[] = letter.secrets
  return {
    needed: letter.facts,
    optional: [...optionalFacts(template), ...secrets.filter(secret => secret === 'code')],
  }
}

/** What keeps these words from being sent as this letter. */
export const faultsOf = (template: LetterTemplate, own: SaidWords): PlaceFault[] => placeFaults(placesOf(template), own)
