import type { LetterTemplate } from '@pix/domain/letters.ts'
import { and, eq } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { letterWords } from './schema/letters.ts'

/** The words that an operator has set for a letter in a language; null where ours are sent. */
export async function readLetterWords(db: Queryable, template: LetterTemplate, locale: 'th' | 'en') {
  const { subject, lines, action, hint } = letterWords
  const [words] = await db
    .select({ subject, lines, action, hint })
    .from(letterWords)
    .where(and(eq(letterWords.template, template), eq(letterWords.locale, locale)))
  return words ?? null
}
