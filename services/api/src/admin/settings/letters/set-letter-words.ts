import type { LetterName, LetterSaid, LetterWords } from '@pix/contracts/letter-words.ts'
import { readLetterWords } from '@pix/db/letter-words.ts'
import { letterWords } from '@pix/db/schema/letters.ts'
import type { Locale } from '@pix/mail/own-words.ts'
import { and, eq } from 'drizzle-orm'
import { isDeepStrictEqual } from 'node:util'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { readLetter } from './read-letter.ts'
import { refuseUnfit } from './preview-letter.ts'

/**
 * Sends a letter in these words from now on, or in ours again where there are none. Letters that wait are written when they
 * are sent, so they are in the new words, too.
 *
 * @throws Problem `invalid_request` for words that do not fit the letter
 */
export async function setLetterWords(
  ctx: CallerContext,
  { template, locale }: { template: LetterName; locale: Locale },
  words: LetterSaid | null,
): Promise<LetterWords> {
  if (words !== null) refuseUnfit(template, words, 'body')
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const before = await readLetterWords(tx, template, locale)
    if (!isDeepStrictEqual(before, words)) {
      if (words === null) {
        await tx.delete(letterWords).where(and(eq(letterWords.template, template), eq(letterWords.locale, locale)))
      } else {
        const row = { ...words, changedAt: ctx.now() }
        await tx
          .insert(letterWords)
          .values({ template, locale, ...row })
          .onConflictDoUpdate({ target: [letterWords.template, letterWords.locale], set: row })
      }
      await recordAudit(inTx, 'letter.change', `letter:${template}.${locale}`, {
        ...(before && { before }),
        ...(words && { after: words }),
      })
    }
    return readLetter(inTx, template)
  })
}
