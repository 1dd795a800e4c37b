import { accountTh } from './account-words.th.ts'
import type { LetterWords } from './words.ts'

/** The letters in Thai. */
export const th: LetterWords = {
  ...accountTh,
  order_paid: {
    subject: 'รูปของคุณพร้อมแล้ว ({number})',
    lines: ['ขอบคุณที่ซื้อรูปกับ ThePixStock', 'เราได้รับเงินของคำสั่งซื้อ {number} แล้ว รูปต้นฉบับทุกรูปรอให้ดาวน์โหลดที่ลิงก์นี้'],
    action: 'ดาวน์โหลดรูป',
    hint: 'เปิดลิงก์ด้วยเครื่องและเบราว์เซอร์ที่ใช้ซื้อ',
    otherwise: 'ถ้ากดปุ่มไม่ได้ ให้เปิดที่อยู่นี้',
    why: 'อีเมลนี้ส่งโดยอัตโนมัติ เพราะมีผู้ใส่ที่อยู่อีเมลนี้ตอนสั่งซื้อ {number}',
  },
  test_letter: {
    subject: 'จดหมายทดสอบจาก ThePixStock',
    lines: ['จดหมายฉบับนี้มาทางเดียวกับจดหมายถึงผู้ซื้อของคุณ แปลว่าจดหมายใช้งานได้'],
    action: 'กลับไปหน้าตรวจระบบ',
    hint: 'คุณขอจดหมายนี้จากหน้าตรวจระบบ',
    otherwise: 'ถ้ากดปุ่มไม่ได้ ให้เปิดที่อยู่นี้',
    why: 'อีเมลนี้ส่งเพราะผู้ดูแลขอจดหมายทดสอบ',
  },
}
