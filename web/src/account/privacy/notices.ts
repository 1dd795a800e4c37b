import type { LocalText } from '@pix/contracts/common.ts'
import type { PrivacyFacts } from '@pix/contracts/privacy.ts'
import type { Locale } from '../../base/i18n/index.ts'
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
        date: '2026-12-02',
        changed: {
          th: 'เพิ่มเรื่องใบหน้าที่เก็บไว้เพื่อแจ้งเมื่อมีรูปใหม่',
          en: 'Added: a face that is kept for an e-mail about new photos.',
        },
        load: () => import('./texts/notice-2026-12-02.ts'),
      },
      {
        date: '2026-12-01',
        changed: { th: 'เพิ่มเรื่องบันทึกของเซิร์ฟเวอร์', en: 'Added: what our servers note.' },
        load: () => import('./texts/notice-2026-12-01.ts'),
      },
      {
        date: '2026-11-30',
        changed: {
          th: 'เพิ่มเรื่องการให้รูปด้วยลิงก์ และรหัสของสิ่งที่ลบแล้ว',
          en: 'Added: photos given by a link, and the identifiers of what was deleted.',
        },
        load: () => import('./texts/notice-2026-11-30.ts'),
      },
      {
        date: '2026-11-29',
        changed: {
          th: 'เพิ่มเรื่องบัญชีธนาคารของผู้รับส่วนแบ่ง ใบแสดงรายได้ อีเมลที่ฝากไว้ให้แจ้งเรื่องรูป รูปโปรด และผลค้นหาที่เห็นได้จากเครื่องอื่น',
          en: 'Added: bank accounts of whom a share is paid to, statements, addresses that wait for photos, favourites, and results on other devices.',
        },
        load: () => import('./texts/notice-2026-11-29.ts'),
      },
      {
        date: '2026-11-28',
        changed: { th: 'เพิ่มเรื่องรูปสลิปโอนเงิน', en: 'Added: pictures of transfer slips.' },
        load: () => import('./texts/notice-2026-11-28.ts'),
      },
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
    versions: [
      {
        date: '2026-11-27',
        changed: { th: 'บอกว่าใครเป็นผู้ขายที่ร้านของสตูดิโอ', en: 'Says who sells at the shop of a studio.' },
        load: () => import('./texts/terms-2026-11-27.ts'),
      },
      { date: '2026-11-26', changed: FIRST, load: () => import('./texts/terms-2026-11-26.ts') },
    ],
  },
} as const satisfies Record<string, { path: string; versions: readonly Version[] }>
export type NoticeName = keyof typeof NOTICES

/** The version of a date, or the present one; undefined where there is none of that date. */
export const versionOf = (name: NoticeName, date?: string): Version | undefined => {
  const versions: readonly Version[] = NOTICES[name].versions
  return date === undefined ? versions[0] : versions.find(version => version.date === date)
}

/** What a notice's words are filled with; `sells` in the reader's language. */
export const figuresOf = ({ seller, studio, ...days }: PrivacyFacts, lang: Locale): Record<string, string> => {
  const runs = nameOf(seller)
  return {
    ...Object.fromEntries(Object.entries(days).map(([name, value]) => [name, String(value)])),
    seller: runs,
    contact: seller.contact,
    sells: studio === null ? EACH_STUDIO[lang] : nameOf(studio),
  }
}

/** Who sells at the marketplace. */
const EACH_STUDIO: LocalText = {
  th: 'สตูดิโอที่เป็นเจ้าของรูป ตามชื่อในตะกร้าและใบเสร็จ',
  en: 'the studio whose photo it is, as the cart and the receipt name it',
}

const nameOf = ({ name, address }: { name: string; address: string }): string =>
  [name, address].filter(part => part !== '').join(', ')

export const fill = (text: string, figures: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? '')
