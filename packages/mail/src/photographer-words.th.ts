import type { PhotographerWords } from './words.ts'

const otherwise = 'ถ้าปุ่มกดไม่ได้ ให้เปิดที่อยู่นี้:'

/** The letters to photographers about their day in Thai. */
export const photographerTh: PhotographerWords = {
  photographer_morning: {
    subject: 'ขายได้ {baht} จาก {buyers} คน',
    lines: [
      'ตั้งแต่ 7 โมงเช้าเมื่อวาน ส่วนแบ่งของคุณ {baht} จากคนซื้อ {buyers} คน รวม {photos} รูป',
      'รูปที่ทำรายได้มากที่สุด: {best}',
      'คืนเงินให้ลูกค้าแล้ว ส่วนของคุณลดลง {taken_back}',
      'ยอดที่พร้อมจ่าย: {ready}',
      'อีก {later} จ่ายได้ตั้งแต่ {day}',
      'รูปที่ไม่รับ {refused} รูป: {reasons}',
    ],
    action: 'ดูรูปและยอดขาย',
    hint: 'รูปที่ไม่รับ ลบหรืออัปโหลดรูปที่ดีกว่าได้จากหน้านี้',
    otherwise,
    why: 'อีเมลนี้ส่งตอน 7 โมงเช้า หลังวันที่มีคนซื้อรูปของคุณ',
  },
  photos_refused: {
    subject: 'รูปของคุณ {refused} รูปไม่ผ่านการอนุมัติ',
    lines: ['ตั้งแต่ 7 โมงเช้าเมื่อวาน มีรูปของคุณที่ไม่รับ {refused} รูป', '{reasons}'],
    action: 'ดูรูปที่ไม่รับ',
    hint: 'ลบหรืออัปโหลดรูปที่ดีกว่าได้จากหน้านี้',
    otherwise,
    why: 'อีเมลนี้ส่งตอน 7 โมงเช้า หลังวันที่มีรูปของคุณไม่ผ่านการอนุมัติ',
  },
  first_sale: {
    subject: 'รูปแรกของคุณในงาน {event} ขายได้แล้ว',
    lines: ['มีคนซื้อรูปของคุณในงาน {event} เป็นครั้งแรก: {photo}', 'ส่วนแบ่งของคุณจากคำสั่งซื้อนี้ {baht}'],
    action: 'ดูยอดขาย',
    hint: 'ยอดขายต่อจากนี้ของงาน ดูได้ที่หน้านี้ตลอดเวลา',
    otherwise,
    why: 'อีเมลนี้ส่งครั้งเดียวต่อหนึ่งงาน เมื่อรูปแรกของคุณขายได้',
  },
}
