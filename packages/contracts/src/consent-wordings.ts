import type { CONSENT_PURPOSES } from '@pix/domain/words.ts'

/** What a person agrees to, as it stands on the screen. The ledger of consents keeps this text, by its SHA-256. */
export interface ConsentWording {
  /** The id that the browser sends back. Another text has another id. */
  id: string
  purpose: (typeof CONSENT_PURPOSES)[number]
  locale: 'th' | 'en'
  /** A wording for a child's selfie, which is valid only together with the guardian's confirmation. */
  ofChild?: true
  /** The sentence beside the box, and what stands below it. */
  lines: readonly [string, ...string[]]
}

/** A wording in both languages. A changed text gets a new date in its ids; `consent-wordings.test.ts` holds that. */
type Wordings = Readonly<Record<'th' | 'en', ConsentWording>>

const SEARCHES_END = {
  th: [
    'ลบเซลฟี่ทันทีที่ค้นหาเสร็จ ถ้าเครื่องนี้อ่านเอง รูปไม่ออกจากเครื่อง',
    'รูปไหนไม่ใช่ กด “ไม่ใช่ฉัน” ได้ รูปนั้นจะหายไปจากผลค้นหา',
    'ถอนความยินยอมได้ทุกเมื่อ',
  ],
  en: [
    'The selfie is deleted when the search ends. Where this device reads it, it never leaves it',
    'Where a photo is not the right person, say “not me”, and it leaves the results',
    'Withdraw at any time',
  ],
} as const

export const FACE_SEARCH_WORDING = {
  th: {
    id: '2026-11-26.2-th',
    purpose: 'face_search',
    locale: 'th',
    lines: ['ฉันยินยอมให้ใช้ใบหน้าในเซลฟี่นี้ เพื่อหารูปของฉันในงานนี้เท่านั้น', 'คนในเซลฟี่คือฉัน หรือคนที่ฉันทำแทนได้', ...SEARCHES_END.th],
  },
  en: {
    id: '2026-11-26.2-en',
    purpose: 'face_search',
    locale: 'en',
    lines: [
      'I agree that my face in this selfie is used to find my photos at this event, and for nothing else',
      'This is me, or someone I may act for',
      ...SEARCHES_END.en,
    ],
  },
} as const satisfies Wordings

export const CHILD_SEARCH_WORDING = {
  th: {
    id: '2026-11-26.2-child-th',
    purpose: 'face_search',
    locale: 'th',
    ofChild: true,
    lines: ['ฉันยินยอมแทนเด็กให้ใช้ใบหน้าในเซลฟี่นี้ เพื่อหารูปของเด็กในงานนี้เท่านั้น', ...SEARCHES_END.th],
  },
  en: {
    id: '2026-11-26.2-child-en',
    purpose: 'face_search',
    locale: 'en',
    ofChild: true,
    lines: [
      'I agree for the child that the face in this selfie is used to find the child’s photos at this event, and for nothing else',
      ...SEARCHES_END.en,
    ],
  },
} as const satisfies Wordings

const OBJECTIONS_END = {
  th: ['ลบเซลฟี่ทันทีที่อ่านเสร็จ', 'คุณเห็นรูปที่พบก่อน แล้วยืนยันเองว่ารูปไหนใช่', 'ถอนความยินยอมได้ทุกเมื่อ'],
  en: [
    'The selfie is deleted as soon as it is read',
    'You see the photos that are found, and say yourself which are right',
    'Withdraw at any time',
  ],
} as const

/** What a person agrees to with the selfie that takes them out of searches. */
export const OBJECTION_WORDING = {
  th: {
    id: 'objection-2026-11-26-th',
    purpose: 'objection',
    locale: 'th',
    lines: [
      'ฉันยินยอมให้ใช้ใบหน้าในเซลฟี่นี้ เพื่อหาใบหน้าของฉันในงานนี้และนำออกจากการค้นหาเท่านั้น',
      'คนในเซลฟี่คือฉัน หรือคนที่ฉันทำแทนได้',
      ...OBJECTIONS_END.th,
    ],
  },
  en: {
    id: 'objection-2026-11-26-en',
    purpose: 'objection',
    locale: 'en',
    lines: [
      'I agree that my face in this selfie is used to find my face at this event and take it out of searches, and for nothing else',
      'This is me, or someone I may act for',
      ...OBJECTIONS_END.en,
    ],
  },
} as const satisfies Wordings

export const CHILD_OBJECTION_WORDING = {
  th: {
    id: 'objection-2026-11-26-child-th',
    purpose: 'objection',
    locale: 'th',
    ofChild: true,
    lines: ['ฉันยินยอมแทนเด็กให้ใช้ใบหน้าในเซลฟี่นี้ เพื่อหาใบหน้าของเด็กในงานนี้และนำออกจากการค้นหาเท่านั้น', ...OBJECTIONS_END.th],
  },
  en: {
    id: 'objection-2026-11-26-child-en',
    purpose: 'objection',
    locale: 'en',
    ofChild: true,
    lines: [
      'I agree for the child that the face in this selfie is used to find the child’s face at this event and take it out of searches, and for nothing else',
      ...OBJECTIONS_END.en,
    ],
  },
} as const satisfies Wordings

/** What the guardian of a child says first. */
export const GUARDIAN_WORDING = {
  th: {
    id: 'guardian-2026-11-26-th',
    purpose: 'guardian',
    locale: 'th',
    lines: ['ฉันเป็นพ่อแม่หรือผู้ปกครองตามกฎหมายของเด็กในเซลฟี่ และตัดสินใจแทนเด็กได้'],
  },
  en: {
    id: 'guardian-2026-11-26-en',
    purpose: 'guardian',
    locale: 'en',
    lines: ['I am a parent or the legal guardian of the child in the selfie, and I may decide for the child'],
  },
} as const satisfies Wordings

export const KEPT_FACE_WORDING = {
  th: {
    id: 'kept-2026-11-26-th',
    purpose: 'kept_face',
    locale: 'th',
    lines: ['เก็บตัวเลขของใบหน้านี้ไว้ เพื่อให้รูปที่มาทีหลังไม่พบใบหน้านี้ด้วย', 'ใช้ในงานนี้เท่านั้น ลบพร้อมใบหน้าอื่นในงาน หรือเมื่อคุณถอนความยินยอม'],
  },
  en: {
    id: 'kept-2026-11-26-en',
    purpose: 'kept_face',
    locale: 'en',
    lines: [
      'Keep the numbers of this face, so that it is not found in later photos either',
      'For this event only. They are deleted with the event’s other faces, or when you withdraw',
    ],
  },
} as const satisfies Wordings

const ALERTS_END = {
  th: [
    'เก็บแบบเข้ารหัสไว้ใช้กับงานนี้เท่านั้น ลบเมื่อส่งอีเมล เมื่อปิดการขาย หรือเมื่อคุณยกเลิก',
    'ส่งอีเมลหนึ่งฉบับ ไม่มีรูปและไม่มีชื่อในอีเมล',
    'ถอนความยินยอมได้ทุกเมื่อ จากลิงก์ในอีเมลหรือหน้า “ข้อมูลของฉัน”',
  ],
  en: [
    'They are kept encrypted, for this event only, and deleted when the e-mail is written, when the sale ends, or when you withdraw',
    'One e-mail, without photos and without names',
    'Withdraw at any time, by the link of the e-mail or at “My data”',
  ],
} as const

/** What a person agrees to who wants an e-mail when a new photo of them appears. */
export const FACE_ALERT_WORDING = {
  th: {
    id: 'alert-2026-11-28-th',
    purpose: 'face_alert',
    locale: 'th',
    lines: ['ฉันยินยอมให้เก็บตัวเลขของใบหน้าที่ใช้ค้นหานี้ไว้ เพื่อแจ้งฉันเมื่อมีรูปใหม่ของฉันในงานนี้เท่านั้น', ...ALERTS_END.th],
  },
  en: {
    id: 'alert-2026-11-28-en',
    purpose: 'face_alert',
    locale: 'en',
    lines: [
      'I agree that the numbers of the face I searched with are kept, to write to me when a new photo of me appears in this event, and for nothing else',
      ...ALERTS_END.en,
    ],
  },
} as const satisfies Wordings

export const CHILD_ALERT_WORDING = {
  th: {
    id: 'alert-2026-11-28-child-th',
    purpose: 'face_alert',
    locale: 'th',
    ofChild: true,
    lines: ['ฉันยินยอมแทนเด็กให้เก็บตัวเลขของใบหน้าที่ใช้ค้นหานี้ไว้ เพื่อแจ้งฉันเมื่อมีรูปใหม่ของเด็กในงานนี้เท่านั้น', ...ALERTS_END.th],
  },
  en: {
    id: 'alert-2026-11-28-child-en',
    purpose: 'face_alert',
    locale: 'en',
    ofChild: true,
    lines: [
      'I agree for the child that the numbers of the face I searched with are kept, to write to me when a new photo of the child appears in this event, and for nothing else',
      ...ALERTS_END.en,
    ],
  },
} as const satisfies Wordings

/** The wordings that stand beside a selfie: no byte of the selfie is looked at before one of them is agreed to. */
export const SELFIE_WORDINGS: readonly ConsentWording[] = [
  FACE_SEARCH_WORDING,
  CHILD_SEARCH_WORDING,
  OBJECTION_WORDING,
  CHILD_OBJECTION_WORDING,
].flatMap(one => Object.values(one))

export const CONSENT_WORDINGS: readonly ConsentWording[] = [
  ...SELFIE_WORDINGS,
  ...Object.values(GUARDIAN_WORDING),
  ...Object.values(KEPT_FACE_WORDING),
  ...Object.values(FACE_ALERT_WORDING),
  ...Object.values(CHILD_ALERT_WORDING),
]

/** The whole text, as it is kept. */
export const wordingText = ({ lines }: ConsentWording): string => lines.join('\n')
