import type { ReportWords } from './words.ts'

const OTHERWISE = 'ถ้ากดปุ่มไม่ได้ ให้เปิดที่อยู่นี้'
const HINT = 'เลือกได้ว่าจะรับรายงานใดที่หน้าสมาชิกของสตูดิโอ ผู้ดูแลระบบเลือกได้ที่หน้าตั้งค่า'
const WHY = 'อีเมลนี้ส่งโดยอัตโนมัติ เพราะคุณดูแล {studio}'

/** The letters that report, in Thai. */
export const reportTh: ReportWords = {
  daily_report: {
    subject: 'สรุปวันที่ {period}: {studio}',
    lines: ['สรุปของ {studio} วันที่ {period} ตามเวลาไทย'],
    tables: [
      {
        heading: 'ทั้งวัน',
        rows: [
          ['ยอดขาย', '{sold}'],
          ['คำสั่งซื้อที่จ่ายแล้ว', '{orders}'],
          ['โอนคืนผู้ซื้อ', '{returned}'],
          ['รูปที่ส่งเข้ามา', '{photos}'],
          ['การค้นหาด้วยใบหน้า', '{searches}'],
        ],
      },
      {
        heading: 'ตอนที่เขียนอีเมลนี้',
        rows: [
          ['รูปรออนุมัติ', '{waiting}'],
          ['เรื่องที่รอคนดูแลทั้งหมด', '{needs}'],
        ],
      },
    ],
    action: 'เปิดแดชบอร์ด',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
