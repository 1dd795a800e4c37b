import type { PayeeParty, StatementKind } from '@pix/domain/words.ts'
import type { Label } from './document-words.ts'

/** Labels of a statement of earnings. */
export const STATEMENT_LABELS = {
  title: ['ใบแสดงรายได้', 'Statement of earnings'],
  payee: ['ผู้รับเงิน', 'Payee'],
  range: ['ช่วงวันที่', 'Period'],
  made: ['จัดทำเมื่อ', 'Made on'],
  lines: ['จำนวนรายการ', 'Entries'],
  opening: ['ยอดยกมาต้นช่วง (บาท)', 'Opening balance (THB)'],
  closing: ['ยอดยกไปปลายช่วง (บาท)', 'Closing balance (THB)'],
  date: ['วันที่', 'Date'],
  item: ['รูปหรือรายการ', 'Photo or entry'],
  price: ['ราคา (บาท)', 'Price (THB)'],
  rate: ['อัตรา', 'Rate'],
  share: ['ส่วนแบ่ง (บาท)', 'Share (THB)'],
  seal: ['ผนึกที่', 'Seal'],
  withheld: ['ภาษีหัก ณ ที่จ่าย', 'Tax withheld'],
  transferred: ['ยอดโอน', 'Transferred'],
  brought: ['ยอดยกมา', 'Brought forward'],
  carried: ['ยอดยกไป', 'Carried forward'],
  none: ['ไม่มีรายการในช่วงนี้', 'No entries in this period'],
  seals: ['ผนึกของบัญชีที่รายการเหล่านี้อยู่', 'Seals of the ledger that these entries stand in'],
  noSeals: ['ยังไม่มีผนึก: รายการใหม่ถูกปิดผนึกภายในไม่กี่นาที', 'Not sealed yet: new entries are sealed within minutes'],
  check: [
    'วิธีตรวจ: ไฟล์ PDF นี้แนบไฟล์ proofs-….json ซึ่งมีเส้นทางจากทุกรายการถึงรากของผนึก บันทึกไฟล์แนบออกมา แล้วรัน node check-statement.mjs <ไฟล์ JSON> <ที่อยู่ร้าน> (docs/guides/check-statement.mjs) ค่ารากที่พิมพ์ออกมาต้องตรงกับด้านบน',
    'To check: files named proofs-….json are attached to this PDF. They have the path from each entry to the root of its seal. Save them and run node check-statement.mjs <JSON file> <address of the shop> (docs/guides/check-statement.mjs). The roots that it prints must be those above.',
  ],
} as const satisfies Record<string, Label>

export const PARTIES: Readonly<Record<PayeeParty, Label>> = {
  photographer: ['ช่างภาพ', 'Photographer'],
  organizer: ['ผู้จัดงาน', 'Organizer'],
  studio: ['สตูดิโอ', 'Studio'],
}

export const LINE_KINDS: Readonly<Record<StatementKind, Label>> = {
  sale: ['ขาย', 'Sale'],
  refund: ['คืนเงิน', 'Refund'],
  payout: ['จ่ายเงินให้ผู้รับ', 'Payout'],
  payout_return: ['เงินที่จ่ายตีกลับ', 'Payout returned'],
  withholding: ['ภาษีหัก ณ ที่จ่ายที่ต้องนำส่ง', 'Tax withheld, to be remitted'],
  correction: ['แก้ยอด', 'Correction'],
  other: ['อื่น ๆ', 'Other'],
}
