import type { LocalText } from '@pix/contracts/common.ts'
import type { PrivacyFacts } from '@pix/contracts/privacy.ts'
import type { NoticeText } from './texts/notice-text.ts'

interface Version {
  /** The date of its wording. `notices.test.ts` holds that another wording has another date. */
  date: string
  /** What is new in it, in one sentence. */
  changed: LocalText
  load: () => Promise<{ text: NoticeText }>
}

const FIRST: LocalText = { th: 'ฉบับแรก', en: 'The first version.' }

/** Our texts, each with all its versions, the present one first: the others stay readable at their address. */
export const NOTICES = {
  notice: {
    path: '/privacy',
    versions: [
      {
        date: '2026-11-27',
        changed: {
          th: 'เพิ่มเรื่องการขอไม่ให้ค้นพบใบหน้า อีเมลและคำขอ คุกกี้ของการเข้าสู่ระบบ และอะไรออกจากเครื่องของเรา',
          en: 'Added: asking not to be found, letters and requests, the cookies of a sign-in, and what leaves our machines.',
        },
        load: () => import('./texts/notice-2026-11-27.ts'),
      },
      { date: '2026-11-26', changed: FIRST, load: () => import('./texts/notice-2026-11-26.ts') },
    ],
  },
  terms: {
    path: '/terms',
    versions: [{ date: '2026-11-26', changed: FIRST, load: () => import('./texts/terms-2026-11-26.ts') }],
  },
} as const satisfies Record<string, { path: string; versions: readonly Version[] }>
export type NoticeName = keyof typeof NOTICES

/** The version of a date, or the present one; undefined where there is none of that date. */
export const versionOf = (name: NoticeName, date?: string): Version | undefined => {
  const versions: readonly Version[] = NOTICES[name].versions
  return date === undefined ? versions[0] : versions.find(version => version.date === date)
}

/** What a notice's words are filled with. */
export const figuresOf = ({ seller, ...days }: PrivacyFacts): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(days).map(([name, value]) => [name, String(value)])),
  seller: [seller.name, seller.address].filter(part => part !== '').join(', '),
  contact: seller.contact,
})

export const fill = (text: string, figures: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? '')
