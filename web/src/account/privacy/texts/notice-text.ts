import type { Locale } from '../../../base/i18n/index.ts'

/** A notice in both languages, part by part. `{facesDays}` and the like stand for figures of today. */
export type NoticeText = Readonly<Record<Locale, readonly { title: string; text: string }[]>>
