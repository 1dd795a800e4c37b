import { LETTERS, type LetterTemplate } from '@pix/domain/letters.ts'
import { z } from 'zod'
import { Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** The letters whose words may be changed: all but the one that only says that letters work. */
export const LETTER_NAMES = (Object.keys(LETTERS) as LetterTemplate[]).filter(
  (name): name is Exclude<LetterTemplate, 'test_letter'> => name !== 'test_letter',
)
export const LetterName = z.enum(LETTER_NAMES)
export type LetterName = z.infer<typeof LetterName>
const Language = z.enum(['th', 'en'])

/** How much each part of a letter may hold. */
export const LETTER_BOUNDS = { subject: 150, lines: 12, line: 1_000, action: 60, hint: 400 } as const

/** What may be said in other words: subject, paragraphs, the button and what stands below it. */
const said = (text: z.ZodString) => ({
  subject: text.max(LETTER_BOUNDS.subject),
  lines: z.array(text.max(LETTER_BOUNDS.line)).min(1).max(LETTER_BOUNDS.lines),
  action: text.max(LETTER_BOUNDS.action),
  hint: text.max(LETTER_BOUNDS.hint),
})

const Typed = z.strictObject(said(Text.trim().min(1)))

export const LetterSaid = z.object(said(z.string())).meta({ id: 'LetterSaid' })
export type LetterSaid = z.infer<typeof LetterSaid>

const WordsOfLetter = z.object({
  /** As this release says it. */
  ours: LetterSaid,
  /** As an admin has said it; null while ours are sent. */
  own: LetterSaid.nullable(),
})

export const LetterWords = z
  .object({
    template: LetterName,
    /** What is filled in where its name stands in braces, such as `{number}`. */
    places: z.object({
      /** Named somewhere in subject, paragraphs, button or hint. */
      needed: z.array(z.string()),
      /** A paragraph that names one is left out where it is lacking. */
      optional: z.array(z.string()),
    }),
    th: WordsOfLetter,
    en: WordsOfLetter,
  })
  .meta({ id: 'LetterWords' })
export type LetterWords = z.infer<typeof LetterWords>

const LetterParams = z.object({ template: LetterName })
const WordsParams = z.object({ template: LetterName, locale: Language })

export const listLetters = {
  method: 'GET',
  url: '/admin/letters',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Every letter that programs send, and in which languages an admin has changed its words',
    tags: ['admin'],
    response: { 200: z.object({ items: z.array(z.object({ template: LetterName, changed: z.array(Language) })) }) },
  },
} as const satisfies Contract

export const getLetter = {
  method: 'GET',
  url: '/admin/letters/:template',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'The words of a letter: as this release says them, and as an admin has',
    tags: ['admin'],
    params: LetterParams,
    response: { 200: LetterWords, 404: problem('not_found') },
  },
} as const satisfies Contract

export const previewLetter = {
  method: 'POST',
  url: '/admin/letters/:template/preview',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'A sample of a letter in these words, as its reader would see it. Nothing is kept',
    tags: ['admin'],
    params: LetterParams,
    body: z.strictObject({ locale: Language, words: Typed }),
    response: {
      200: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const setLetterWords = {
  method: 'PUT',
  url: '/admin/letters/:template/words/:locale',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Send a letter in these words from now on',
    tags: ['admin'],
    params: WordsParams,
    body: Typed,
    response: { 200: LetterWords, 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const forgetLetterWords = {
  method: 'DELETE',
  url: '/admin/letters/:template/words/:locale',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Send a letter as this release says it again',
    tags: ['admin'],
    params: WordsParams,
    response: { 200: LetterWords, 404: problem('not_found') },
  },
} as const satisfies Contract
