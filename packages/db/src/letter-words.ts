import type { LetterTemplate } from '@pix/domain/letters.ts'
import { and, eq } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { letterWords } from './schema/letters.ts'

export type LetterWordsRow = typeof letterWords.$inferSelect

/** The words that an operator has set for a letter in a language; null where ours are sent. */
export async function readLetterWords(
  db: Queryable,
  template: LetterTemplate,
  locale: 'th' | 'en',
): Promise<LetterWordsRow | null> {
  const [row] = await db
    .select()
    .from(letterWords)
    .where(and(eq(letterWords.template, template), eq(letterWords.locale, locale)))
  return row ?? null
}
