import { type Words, wordsEn } from './words.en.ts'
import { wordsTh } from './words.th.ts'

export type { Words } from './words.en.ts'
export type Language = 'th' | 'en'

const WORDS: Record<Language, Words> = { th: wordsTh, en: wordsEn }

export const wordsOf = (language: Language): Words => WORDS[language]

/**
 * The language that a terminal speaks: as the variables of POSIX name it, else (Windows) as the system does.
 *
 * @param system such as `th-TH`
 */
export function languageOf(
  env: NodeJS.ProcessEnv,
  system: string = Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG
  return /^th\b|^th_/i.test(named || system) ? 'th' : 'en'
}

/** Why a file was not stored or nothing could begin, in words; what has none is named by its code. */
export const reasonOf = (words: Words, code: string): string => words.reasons[code as keyof Words['reasons']] ?? code
