import { LETTERS, type LetterTemplate } from '@pix/domain/letters.ts'
import { cutSubject, fill } from './fill.ts'
import { inHtml } from './in-html.ts'
import { en } from './words.en.ts'
import { th } from './words.th.ts'
import type { LetterWords, Words } from './words.ts'

export interface Letter {
  subject: string
  text: string
  html: string
}

export const LOCALES = ['th', 'en'] as const
type Locale = (typeof LOCALES)[number]

const WORDS: Record<Locale, LetterWords> = { th, en }

/**
 * @param facts what is filled into its words
 * @param link where its button leads, an absolute address
 * @throws Error when a fact is missing
 */
export function writeLetter(
  template: LetterTemplate,
  locale: Locale,
  facts: Readonly<Record<string, string>>,
  link: string,
): Letter {
  const unfilled = WORDS[locale][template]
  const say = (text: string) => fill(text, facts)
  const words: Words = {
    subject: cutSubject(say(unfilled.subject)),
    lines: unfilled.lines.filter(line => !lacking(template, facts).some(name => line.includes(`{${name}}`))).map(say),
    ...(unfilled.code !== undefined && { code: say(unfilled.code) }),
    action: say(unfilled.action),
    hint: say(unfilled.hint),
    otherwise: say(unfilled.otherwise),
    why: say(unfilled.why),
  }
  return {
    subject: words.subject,
    text: `${[...words.lines, ...(words.code === undefined ? [] : [words.code]), link, words.hint, `-- \n${words.why}`].join('\n\n')}\n`,
    html: inHtml(locale, words, link),
  }
}

/** Facts that this letter may do without, and does. */
function lacking(template: LetterTemplate, facts: Readonly<Record<string, string>>): readonly string[] {
  const letter = LETTERS[template]
  return 'mayLack' in letter ? letter.mayLack.filter(name => !facts[name]) : []
}
