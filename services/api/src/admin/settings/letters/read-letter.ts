import {
  LETTER_NAMES,
  type LetterName,
  type LetterWords,
  type listLetters as listContract,
} from '@pix/contracts/letter-words.ts'
import { letterWords } from '@pix/db/schema/letters.ts'
import { readLetterWords } from '@pix/db/letter-words.ts'
import { type Locale, ourWords, placesOf } from '@pix/mail/own-words.ts'
import type { z } from 'zod'
import type { Context, Joining } from '../../../base/context.ts'

type Letters = z.output<(typeof listContract.schema.response)[200]>

/** Every letter, and in which languages its words were changed. */
export async function listLetters({ db }: Pick<Context, 'db'>): Promise<Letters> {
  const rows = await db.select({ template: letterWords.template, locale: letterWords.locale }).from(letterWords)
  return {
    items: LETTER_NAMES.map(template => ({
      template,
      changed: rows.filter(row => row.template === template).map(({ locale }) => locale),
    })),
  }
}

/** The words of a letter in both languages. */
export async function readLetter({ db }: Pick<Joining<Context>, 'db'>, template: LetterName): Promise<LetterWords> {
  const wordsIn = async (locale: Locale) => {
    const { subject, lines, action, hint } = ourWords(template, locale)
    return {
      ours: { subject, lines: [...lines], action, hint },
      own: await readLetterWords(db, template, locale),
    }
  }
  const { needed, optional } = placesOf(template)
  const places = { needed: [...needed], optional: [...optional] }
  return { template, places, th: await wordsIn('th'), en: await wordsIn('en') }
}
