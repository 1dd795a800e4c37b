import type { Locale } from './own-words.ts'

/** Absolute addresses at which a reader ends such letters without a sign-in, and chooses among all of them. */
export interface EndLinks {
  stop: string
  choose: string
}

/** A link below a letter. */
export interface EndLink {
  says: string
  href: string
}

const WORDS = {
  th: { choose: 'เลือกอีเมลที่อยากได้รับ', stop: 'ไม่รับอีเมลแบบนี้อีก' },
  en: { choose: 'Change what we write to you', stop: 'No more e-mails of this kind' },
} as const satisfies Record<Locale, Record<keyof EndLinks, string>>

/** What stands below a letter that its reader may leave. */
export const endWords = (locale: Locale, { choose, stop }: EndLinks): EndLink[] => [
  { says: WORDS[locale].choose, href: choose },
  { says: WORDS[locale].stop, href: stop },
]
