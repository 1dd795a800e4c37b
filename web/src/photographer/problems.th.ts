import type { StaffCode } from '../base/staff-codes.ts'

/** What only crew and staff are refused for. */
export const staffProblemsTh = {
  taken_by_another: 'เรื่องนี้มีคนอื่นรับไปแล้ว',
  line_closed: 'เรื่องนี้ไม่ต้องทำแล้ว มีคนจัดการเสร็จไปก่อน',
  own_account: 'ทำกับบัญชีของตัวเองไม่ได้',
  slug_taken: 'ที่อยู่นี้มีงานอื่นใช้แล้ว',
  illegal_status: 'เปลี่ยนสถานะงานแบบนี้ไม่ได้',
  event_sold: 'งานนี้ขายรูปไปแล้ว ให้เก็บถาวรแทน รูปจะถูกลบเมื่อครบเวลา',
  event_changed: 'มีคนอื่นแก้ไขงานนี้ไปก่อนแล้ว',
  packages_changed: 'มีคนอื่นแก้ไขแพ็กเกจเหล่านี้ไปก่อนแล้ว',
  uploads_closed: 'งานนี้ปิดรับรูปแล้ว',
  nothing_to_pay_out: 'ตอนนี้ยังไม่มียอดที่จ่ายได้ ดูเหตุผลในรายการ',
  payout_changed: 'ยอดหรือบัญชีเปลี่ยนไปหลังร่างชุดนี้ ยกเลิกชุดนี้แล้วร่างใหม่',
  face_engine_missing: 'ยังไม่มีเครื่องที่มีไฟล์ของระบบใบหน้านี้ ดูคู่มือเรื่องระบบใบหน้า',
  platform_share_too_small: 'แพลตฟอร์มต้องได้ไม่น้อยกว่าที่ตกลงไว้กับสตูดิโอนี้',
  rate_does_not_fit: 'อัตราเฉพาะของช่างภาพรวมกับส่วนแบ่งอื่นเกิน 100% ลดอัตราหรือส่วนแบ่งอื่นก่อน',
  coupon_code_taken: 'มีคูปองอื่นใช้รหัสนี้แล้ว',
  reconciliation_runs: 'กำลังเทียบบัญชีอยู่',
  receipt_too_small: 'เงินน้อยกว่าราคาของคำสั่งซื้อ',
  reference_used: 'เงินที่มีเลขอ้างอิงนี้รับไปแล้ว',
  photo_sold: 'มีคนซื้อรูปนี้แล้ว หรือกำลังจ่ายเงิน รูปจึงต้องอยู่ให้เขา',
} as const satisfies Record<StaffCode, string>
