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

interface Facts {
  /** `PX-2026-000123`. */
  number: string
  link: string
}

export const LOCALES = ['th', 'en'] as const
type Locale = (typeof LOCALES)[number]

const WORDS: Record<Locale, LetterWords> = { th, en }

/** The names of all letters. */
export const TEMPLATES: readonly string[] = Object.keys(th)

/** @throws Error for a template nobody has written */
export function writeLetter(template: string, locale: Locale, { number, link }: Facts): Letter {
  const letters: Partial<Record<string, Words>> = { ...WORDS[locale] }
  const unfilled = letters[template]
  if (!unfilled) throw new Error(`there is no letter ${template}`)
  const say = (text: string) => fill(text, { number })
  const words: Words = {
    subject: cutSubject(say(unfilled.subject)),
    lines: unfilled.lines.map(say),
    action: say(unfilled.action),
    hint: say(unfilled.hint),
    otherwise: say(unfilled.otherwise),
    why: say(unfilled.why),
  }
  return {
    subject: words.subject,
    text: `${[...words.lines, link, words.hint, `-- \n${words.why}`].join('\n\n')}\n`,
    html: inHtml(locale, words, link),
  }
}
