import type { CONSENT_PURPOSES } from '@pix/domain/words.ts'

/** What a person agrees to, as it stands on the screen. The ledger of consents keeps this text, by its SHA-256. */
export interface ConsentWording {
  /** What the browser sends back. Another text has another id. */
  id: string
  purpose: (typeof CONSENT_PURPOSES)[number]
  locale: 'th' | 'en'
  /** The sentence beside the box, and what stands below it. */
  lines: readonly [string, ...string[]]
}

/** A changed text gets a new date here and in its ids; `consent-wordings.test.ts` holds that. */
export const FACE_SEARCH_WORDING = {
  th: {
    id: '2026-11-26-th',
    purpose: 'face_search',
    locale: 'th',
    lines: [
      'ฉันยินยอมให้ใช้ใบหน้าในเซลฟี่นี้ เพื่อหารูปของฉันในงานนี้เท่านั้น',
      'คนในเซลฟี่คือฉัน หรือคนที่ฉันทำแทนได้ ถ้าเป็นเด็ก ฉันเป็นผู้ปกครอง',
      'ลบเซลฟี่ทันทีที่ค้นหาเสร็จ ถ้าเครื่องนี้อ่านเอง รูปไม่ออกจากเครื่อง',
      'รูปไหนไม่ใช่ฉัน กด “ไม่ใช่ฉัน” ได้ รูปนั้นจะหายไปจากผลค้นหา',
      'ถอนความยินยอมได้ทุกเมื่อ',
    ],
  },
  en: {
    id: '2026-11-26-en',
    purpose: 'face_search',
    locale: 'en',
    lines: [
      'I agree that my face in this selfie is used to find my photos at this event, and for nothing else',
      'It shows me, or someone I may act for. If it shows a child, I am a parent or guardian',
      'The selfie is deleted when the search ends. Where this device reads it, it never leaves it',
      'Where a photo is not me, I can say “not me”, and it leaves my results',
      'Withdraw at any time',
    ],
  },
} as const satisfies Record<'th' | 'en', ConsentWording>

export const CONSENT_WORDINGS: readonly ConsentWording[] = Object.values(FACE_SEARCH_WORDING)

/** The whole text, as it is kept. */
export const wordingText = ({ lines }: ConsentWording): string => lines.join('\n')
