import type { SaidWords } from '@pix/domain/letter-places.ts'
import type { LetterTemplate } from '@pix/domain/letters.ts'
import { cutSubject, fill } from './fill.ts'
import { inHtml } from './in-html.ts'
import { faultsOf, type Locale, optionalFacts, ourWords } from './own-words.ts'
import { type EndLinks, endWords } from './end-words.ts'
import type { FigureTable, Words } from './words.ts'

export interface Letter {
  subject: string
  text: string
  html: string
}

/**
 * @param facts what is filled into its words
 * @param link where its button leads, an absolute address
 * @param own words that an operator has set. Where they do not fit the letter of this release, ours are sent
 * @param ends where its reader ends or chooses such letters, of a letter that its reader may leave
 * @throws Error when a fact is missing
 */
export function writeLetter(
  template: LetterTemplate,
  locale: Locale,
  facts: Readonly<Record<string, string>>,
  link: string,
  own: SaidWords | null = null,
  ends?: EndLinks,
): Letter {
  return compose(template, locale, wordsOf(template, locale, own), { facts, link, ends })
}

/** A sample of a letter for who sets its words: its subject and its last line say that it is a test. */
export function writeTestLetter(
  template: LetterTemplate,
  locale: Locale,
  facts: Readonly<Record<string, string>>,
  link: string,
  own: SaidWords | null,
): Letter {
  const words = wordsOf(template, locale, own)
  const marked = { ...words, subject: `[${TEST[locale]}] ${words.subject}`, why: ourWords('test_letter', locale).why }
  return compose(template, locale, marked, { facts, link })
}

const TEST = { th: 'ทดสอบ', en: 'Test' } as const

function wordsOf(template: LetterTemplate, locale: Locale, own: SaidWords | null): Words {
  const ours = ourWords(template, locale)
  return own !== null && faultsOf(template, own).length === 0 ? { ...ours, ...own } : ours
}

function compose(
  template: LetterTemplate,
  locale: Locale,
  unfilled: Words,
  { facts, link, ends }: { facts: Readonly<Record<string, string>>; link: string; ends?: EndLinks | undefined },
): Letter {
  const say = (text: string) => fill(text, facts)
  const isSaid = (text: string) => !lacking(template, facts).some(name => text.includes(`{${name}}`))
  const words: Words = {
    subject: cutSubject(say(unfilled.subject)),
    lines: unfilled.lines.filter(isSaid).map(say),
    tables: (unfilled.tables ?? [])
      .map(({ heading, rows }) => ({
        heading: say(heading),
        rows: rows
          .filter(([name, figure]) => isSaid(name + figure))
          .map(([name, figure]) => [say(name), say(figure)] as const),
      }))
      .filter(({ rows }) => rows.length > 0),
    ...(unfilled.code !== undefined && { code: say(unfilled.code) }),
    action: say(unfilled.action),
    hint: say(unfilled.hint),
    otherwise: say(unfilled.otherwise),
    why: say(unfilled.why),
  }
  const last = ends ? endWords(locale, ends) : []
  const footer = [`-- \n${words.why}`, ...last.map(({ says, href }) => `${says}: ${href}`)].join('\n')
  return {
    subject: words.subject,
    text: `${[...words.lines, ...(words.tables ?? []).map(inText), ...(words.code === undefined ? [] : [words.code]), link, words.hint, footer].join('\n\n')}\n`,
    html: inHtml(locale, words, link, last),
  }
}

const inText = ({ heading, rows }: FigureTable): string =>
  [heading, ...rows.map(([name, figure]) => `  ${name}: ${figure}`)].join('\n')

/** Facts that this letter may do without, and does. */
const lacking = (template: LetterTemplate, facts: Readonly<Record<string, string>>): readonly string[] =>
  optionalFacts(template).filter(name => !facts[name])
