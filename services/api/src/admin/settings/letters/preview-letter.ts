import type { LetterSaid } from '@pix/contracts/letter-words.ts'
import type { LetterTemplate } from '@pix/domain/letters.ts'
import { faultsOf, type Locale } from '@pix/mail/own-words.ts'
import { SAMPLE_FACTS } from '@pix/mail/preview-letters.ts'
import { type Letter, writeLetter } from '@pix/mail/write-letter.ts'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'

/**
 * A sample of a letter in these words, whose button leads to the shop.
 *
 * @throws Problem `invalid_request` for words that do not fit the letter
 */
export function previewLetter(
  { settings }: Pick<Context, 'settings'>,
  template: LetterTemplate,
  { locale, words }: { locale: Locale; words: LetterSaid },
): Letter {
  refuseUnfit(template, words, 'body.words')
  return writeLetter(template, locale, SAMPLE_FACTS, settings.PUBLIC_ORIGIN, words)
}

/** @throws Problem `invalid_request`, with each place that is not known, or not named */
export function refuseUnfit(template: LetterTemplate, words: LetterSaid, path: string): void {
  const errors = faultsOf(template, words).map(({ kind, field, name }) => ({
    path: `${path}.${field}`,
    message: kind === 'unknown_place' ? `nothing fills {${name}}` : `{${name}} has to be named`,
  }))
  if (errors.length > 0) throw new Problem('invalid_request', { errors })
}
