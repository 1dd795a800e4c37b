import type { SoldAs } from '@pix/domain/words.ts'
import type { Label } from './document-words.ts'

/** Labels of the certificate of withheld tax, as the form of the Revenue Department has them. */
export const CERTIFICATE_LABELS = {
  title: ['หนังสือรับรองการหักภาษี ณ ที่จ่าย', 'Withholding tax certificate'],
  law: ['ตามมาตรา 50 ทวิ แห่งประมวลรัษฎากร', 'Section 50 bis of the Revenue Code'],
  payer: ['ผู้มีหน้าที่หักภาษี ณ ที่จ่าย', 'Withholding agent'],
  payee: ['ผู้ถูกหักภาษี ณ ที่จ่าย', 'Payee from whom tax was withheld'],
  address: ['ที่อยู่', 'Address'],
  form: ['แบบยื่นรายการ', 'Tax return'],
  income: ['ประเภทเงินได้พึงประเมินที่จ่าย', 'Kind of income'],
  paidOn: ['วัน เดือน ปี ที่จ่าย', 'Date of payment'],
  paid: ['จำนวนเงินที่จ่าย (บาท)', 'Amount paid (THB)'],
  withheld: ['ภาษีที่หักและนำส่งไว้ (บาท)', 'Tax withheld (THB)'],
  total: ['รวมเงินที่จ่ายและภาษีที่หักนำส่ง', 'Total'],
  inWords: ['รวมเงินภาษีที่หักนำส่ง (ตัวอักษร)', 'Tax withheld, in words'],
  condition: ['ผู้จ่ายเงิน', 'The payer'],
  atSource: ['(1) หัก ณ ที่จ่าย', '(1) withholds at source'],
  payout: ['การจ่ายเงินเลขที่', 'Payout'],
  certified: [
    'ขอรับรองว่าข้อความและตัวเลขดังกล่าวข้างต้นถูกต้องตรงกับความจริงทุกประการ',
    'I certify that what is stated above is true and correct',
  ],
  signature: ['ลงชื่อ ............................................................ ผู้จ่ายเงิน', 'Signature of the payer'],
  day: ['วัน เดือน ปี ที่ออกหนังสือรับรอง', 'Date of issue'],
} as const satisfies Record<string, Label>

/** What it was paid for, by its place on the form. */
export const INCOME: Readonly<Record<SoldAs, Label>> = {
  service: [
    '5. การจ่ายเงินได้ที่ต้องหักภาษี ณ ที่จ่าย ตามคำสั่งกรมสรรพากรที่ออกตามมาตรา 3 เตรส: ค่าจ้างทำของ ค่าบริการ',
    '5. Income subject to withholding under section 3 tredecim: hire of work, services',
  ],
  licence: ['3. ค่าแห่งลิขสิทธิ์ ฯลฯ ตามมาตรา 40 (3)', '3. Royalties under section 40 (3)'],
}

/** The law asks for two copies. */
export const COPIES: readonly Label[] = [
  ['ฉบับที่ 1 (สำหรับผู้ถูกหักภาษี ณ ที่จ่าย ใช้แนบพร้อมกับแบบแสดงรายการภาษี)', 'Copy 1, for the payee: attach it to the tax return'],
  ['ฉบับที่ 2 (สำหรับผู้ถูกหักภาษี ณ ที่จ่าย เก็บไว้เป็นหลักฐาน)', 'Copy 2, for the payee: keep it as evidence'],
]

/** The returns of a private person, and of a company. */
export const RETURNS: Readonly<Record<'person' | 'juristic', Label>> = {
  person: ['(4) ภ.ง.ด. 3', 'P.N.D. 3'],
  juristic: ['(7) ภ.ง.ด. 53', 'P.N.D. 53'],
}
