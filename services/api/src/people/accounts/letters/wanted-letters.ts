import { letterChoices } from '@pix/db/schema/letters.ts'
import { LETTER_CHOICES, type LetterChoice } from '@pix/domain/letter-choices.ts'
import { sql } from 'drizzle-orm'

/** SQL over users with their `letter_choices` joined from the left: such letters are wanted. */
export const wantsLetter = (choice: LetterChoice) =>
  sql<boolean>`coalesce(${letterChoices[choice]}, ${LETTER_CHOICES[choice]})`

/** SQL over the same: the language of these letters. */
export const letterLocale = sql<'th' | 'en'>`coalesce(${letterChoices.locale}, 'th')`
