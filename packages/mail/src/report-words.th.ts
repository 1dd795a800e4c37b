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
  weekly_report: {
    subject: 'สรุปสัปดาห์ {period}: {studio}',
    lines: ['สรุปของ {studio} สัปดาห์ {period} ตามเวลาไทย'],
    tables: [
      {
        heading: 'ทั้งสัปดาห์',
        rows: [
          ['ยอดขาย', '{sold}'],
          ['คำสั่งซื้อที่จ่ายแล้ว', '{orders}'],
          ['จ่ายแล้ว จากที่สั่ง', '{conversion}'],
          ['โอนคืนผู้ซื้อ', '{returned}'],
        ],
      },
      {
        heading: 'งานที่ขายดี',
        rows: [
          ['{event1}', '{sold1}'],
          ['{event2}', '{sold2}'],
          ['{event3}', '{sold3}'],
          ['{event4}', '{sold4}'],
          ['{event5}', '{sold5}'],
        ],
      },
      {
        heading: 'การค้นหาด้วยใบหน้า',
        rows: [
          ['ค้นหาทั้งหมด', '{searches}'],
          ['ไม่พบรูป', '{nothing_found}'],
          ['ตอบว่า “ไม่ใช่ฉัน”', '{not_me}'],
        ],
      },
      {
        heading: 'การทำงานของระบบ',
        rows: [
          ['เวลาที่ใช้งานได้', '{availability}'],
          ['API ตอบ 95% ของคำขอภายใน', '{p95}'],
        ],
      },
    ],
    action: 'เปิดหน้ารายได้',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  monthly_report: {
    subject: 'สรุปเดือน{period}: {studio}',
    lines: ['สรุปของ {studio} เดือน{period} ตามเวลาไทย'],
    tables: [
      {
        heading: 'ทั้งเดือน',
        rows: [
          ['ยอดขาย', '{sold}'],
          ['คำสั่งซื้อที่จ่ายแล้ว', '{orders}'],
          ['คืนผู้ซื้อแล้วหรือต้องคืน', '{refunded}'],
        ],
      },
      {
        heading: 'ส่วนแบ่งของแต่ละฝ่าย',
        rows: [
          ['ThePixStock', '{share_platform}'],
          ['สตูดิโอ', '{share_studio}'],
          ['ช่างภาพ', '{share_photographers}'],
          ['ผู้จัดงาน', '{share_organizers}'],
          ['VAT และค่าธรรมเนียมที่หักก่อนแบ่ง', '{deducted}'],
        ],
      },
      {
        heading: 'เงินที่จ่ายออกและภาษี',
        rows: [
          ['โอนให้ผู้รับส่วนแบ่ง', '{paid_out}'],
          ['ภาษีหัก ณ ที่จ่าย', '{withheld}'],
          ['VAT ตามเอกสารที่ออก', '{sales_tax}'],
        ],
      },
    ],
    action: 'เปิดรายได้เดือนนี้ (CSV)',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
