import { LETTERS, type LetterTemplate } from '@pix/domain/letters.ts'
import { LOCALES } from './own-words.ts'
import { writeLetter } from './write-letter.ts'

/** What is filled in, as long as it gets. A new fact of a letter gets its sample here. */
export const SAMPLE_FACTS: Readonly<Record<string, string>> = {
  from: '1 พฤศจิกายน 2569',
  to: '30 พฤศจิกายน 2569',
  number: 'PX-2026-000123',
  order: 'PX-2026-000124',
  baht: '฿310',
  document: 'RC202611-00042',
  coupon: 'RIVERSIDE-2026',
  code: '048213',
  left: '9',
  provider: 'Google',
  providers: 'Google',
  studio: 'Chao Phraya Photo',
  event: 'Riverside Night 2026',
  name: 'Somchai Jaidee',
  account: 'Kasikornbank ••• 4321',
  day: '29 November 2026, 14:05',
  withheld: '฿30',
  contact: 'LINE @thepixstock',
  by: 'owner@shop.example',
  count: '3',
  period: '1 – 30 November 2026',
  sold: '฿1,284,500',
  orders: '4,211',
  returned: '฿1,240.50',
  photos: '18,204',
  searches: '9,310',
  waiting: '1,131',
  needs: '1,140',
  conversion: '4,211 / 4,480 (94%)',
  nothing_found: '744 / 9,310 (8%)',
  not_me: '61 / 2,204 (3%)',
  p95: '180 ms',
  availability: '99.98% of the 168 hours that were measured',
  event1: 'Riverside Night 2026',
  sold1: '฿640,200',
  event2: 'วิ่งมาราธอนเชียงใหม่ครั้งที่ 12',
  sold2: '฿402,110',
  event3: 'Graduation Day, Faculty of Engineering',
  sold3: '฿242,190',
  event4: 'Family Fun Run',
  sold4: '฿12,000',
  event5: 'Temple Fair',
  sold5: '฿980',
  refunded: '฿1,860',
  share_platform: '฿120,430',
  share_studio: '฿402,118',
  share_photographers: '฿613,204.50',
  share_organizers: '฿61,200',
  deducted: '฿85,687.50',
  paid_out: '฿498,200.25',
  sales_tax: '฿84,032.71',
  buyers: '31',
  best: 'IMG_0412.JPG (฿480), IMG_0977.JPG (฿360)',
  taken_back: '฿60',
  refused: '2',
  reasons: 'IMG_0100.JPG – ไม่ชัด, IMG_0101.JPG – ซ้ำ',
  files: '2',
  named: 'IMG_0102.MOV, IMG_0103.JPG',
  events: 'Bangkok Night Run (฿420), Family Fun Run (฿60)',
  ready: '฿1,240',
  later: '฿4,180',
  photo: 'IMG_0412.JPG',
  reason: 'In this photo you cannot be recognised.',
}
/** Where the button of a sample leads. */
export const SAMPLE_LINK = 'https://shop.example/checkout/success/01a215e7-f681-7236-a490-98a6fac0b91e'

/** The names of all letters. */
export const TEMPLATES = Object.keys(LETTERS) as readonly LetterTemplate[]

/** Every letter in every language, about a sample order: what its reader sees, and the same as plain text. */
export const previewLetters = () =>
  TEMPLATES.flatMap(template =>
    LOCALES.map(locale => ({
      name: `${template}.${locale}`,
      ...writeLetter(template, locale, SAMPLE_FACTS, SAMPLE_LINK),
    })),
  )
