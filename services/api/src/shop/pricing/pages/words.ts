import type { EventDetail } from '@pix/contracts/events.ts'
import type { PublicPortfolio } from '@pix/contracts/photographers.ts'

export type Locale = 'th' | 'en'

/** The words of pages that are read without the application: in chats, search results and before it has loaded. */
const WORDS = {
  th: {
    photos: (n: string) => `${n} รูป`,
    selfie: 'ถ่ายเซลฟี่ครั้งเดียว เจอรูปของคุณ',
    gallery: (name: string) => `รูปทั้งหมดของ ${name}`,
    shop: (name: string) => `รูปจากงานที่ ${name} ถ่าย ถ่ายเซลฟี่ครั้งเดียว เจอรูปของคุณ`,
    noShop: 'ไม่มีร้านที่ที่อยู่นี้',
    noShopText: 'ตรวจตัวสะกดของที่อยู่ หรือดูงานทั้งหมดที่ร้านรวม',
    event: { missing: 'ไม่พบงานนี้', missingText: 'ลิงก์อาจเก่าไปแล้ว หรืองานนี้ยังไม่เปิดขาย' },
    portfolio: { missing: 'ไม่พบหน้านี้', missingText: 'ช่างภาพอาจปิดหน้าไปแล้ว หรือลิงก์ไม่ครบ' },
    photographer: (events: string, photos: string) => `ช่างภาพ ${events} งาน ${photos} รูป`,
    myPhotos: 'รูปของฉัน',
    cart: 'ตะกร้า',
    home: 'รูปของคุณ รออยู่แล้ว ถ่ายเซลฟี่ครั้งเดียว เจอรูปงานวิ่ง คอนเสิร์ต และรับปริญญาของคุณ',
  },
  en: {
    photos: (n: string) => (n === '1' ? '1 photo' : `${n} photos`),
    selfie: 'Find yours with one selfie',
    gallery: (name: string) => `All photos of ${name}`,
    shop: (name: string) => `Photos of events by ${name}. One selfie finds you in them`,
    noShop: 'No shop has this address',
    noShopText: 'Check how the address is spelt, or see all events in the marketplace',
    event: { missing: 'Event not found', missingText: 'The link may be old, or the event is not on sale yet' },
    portfolio: { missing: 'Page not found', missingText: 'The page may be hidden, or the link is not complete' },
    photographer: (events: string, photos: string) =>
      `Photographer · ${events === '1' ? '1 event' : `${events} events`} · ${photos === '1' ? '1 photo' : `${photos} photos`}`,
    myPhotos: 'My photos',
    cart: 'Cart',
    home: 'Your photos are waiting. One selfie finds you in the photos of runs, concerts and graduations',
  },
} as const

const DATE: Record<Locale, Intl.DateTimeFormat> = {
  th: dateFormat('th-TH-u-ca-buddhist-nu-latn'),
  en: dateFormat('en-GB'),
}

function dateFormat(tag: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tag, { timeZone: 'Asia/Bangkok', day: 'numeric', month: 'short', year: 'numeric' })
}

export const words = (locale: Locale) => WORDS[locale]
export const other = (locale: Locale): Locale => (locale === 'th' ? 'en' : 'th')

/** `3,204 รูป · 15 พ.ย. 2569 · สวนลุมพินี กรุงเทพมหานคร · ถ่ายเซลฟี่ครั้งเดียว เจอรูปของคุณ` */
export function eventFacts(event: EventDetail, locale: Locale): string {
  const { photos, selfie } = WORDS[locale]
  return [
    event.photoCount > 0 ? photos(event.photoCount.toLocaleString('en')) : '',
    DATE[locale].format(new Date(event.startsAt)),
    // Provinces are kept in Thai only.
    locale === 'th' ? [event.venue, event.province].filter(Boolean).join(' ') : event.venue,
    event.faceSearch && event.onSaleNow ? selfie : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** `ช่างภาพ 12 งาน 3,204 รูป` */
export const portfolioFacts = ({ eventCount, photoCount }: PublicPortfolio, locale: Locale): string =>
  WORDS[locale].photographer(eventCount.toLocaleString('en'), photoCount.toLocaleString('en'))

/** What a reader prefers by `Accept-Language` (RFC 9110 §12.5.4): Thai, unless English is wanted more. */
export function localeOf(header: string | undefined): Locale {
  const wanted = { th: 0, en: 0 }
  for (const range of (header ?? '').split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const quality = parameters.map(parameter => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
    const locale = tag.split('-')[0]
    if (locale === 'th' || locale === 'en') wanted[locale] = Math.max(wanted[locale], Number(quality ?? 1))
  }
  return wanted.en > wanted.th ? 'en' : 'th'
}
