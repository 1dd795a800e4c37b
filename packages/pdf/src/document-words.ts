import type { DocumentContent } from '@pix/domain/document-content.ts'

/** A label in both languages. Thai comes first: documents have to be in Thai (Revenue Code section 86/4). */
export type Label = readonly [th: string, en: string]

/** What a document is called. One without VAT never speaks of tax, nor of a credit note, which is a tax invoice by law. */
export function titleOf({ kind, taxable }: Pick<DocumentContent, 'kind' | 'taxable'>): Label {
  switch (kind) {
    case 'receipt':
      return ['ใบเสร็จรับเงิน', 'Receipt']
    case 'abbreviated_tax_invoice':
      return ['ใบเสร็จรับเงิน/ใบกำกับภาษีอย่างย่อ', 'Receipt/Abbreviated tax invoice']
    case 'tax_invoice':
      return ['ใบเสร็จรับเงิน/ใบกำกับภาษี', 'Receipt/Tax invoice']
    case 'credit_note':
      return taxable > 0 ? ['ใบลดหนี้', 'Credit note'] : ['ใบคืนเงิน', 'Refund note']
  }
}

export const LABELS = {
  original: ['ต้นฉบับ', 'Original'],
  number: ['เลขที่', 'No.'],
  date: ['วันที่', 'Date'],
  order: ['คำสั่งซื้อ', 'Order'],
  buyer: ['ลูกค้า', 'Customer'],
  taxId: ['เลขประจำตัวผู้เสียภาษี', 'Tax ID'],
  headOffice: ['สำนักงานใหญ่', 'Head office'],
  branch: ['สาขาที่', 'Branch'],
  item: ['รายการ', 'Description'],
  quantity: ['จำนวน', 'Qty'],
  amount: ['จำนวนเงิน (บาท)', 'Amount (THB)'],
  carried: ['ยอดยกไป', 'Carried forward'],
  brought: ['ยอดยกมา', 'Brought forward'],
  collected: ['เก็บแทนช่างภาพและผู้จัดงาน', 'Collected for photographers and organizers'],
  own: ['ค่าบริการของผู้ออกเอกสาร (รวมภาษีมูลค่าเพิ่ม)', 'Charge of the issuer (VAT included)'],
  base: ['มูลค่าก่อนภาษีมูลค่าเพิ่ม', 'Value before VAT'],
  vat: ['ภาษีมูลค่าเพิ่ม', 'VAT'],
  total: ['จำนวนเงินรวมทั้งสิ้น', 'Total'],
  includesVat: ['ราคานี้รวมภาษีมูลค่าเพิ่มแล้ว', 'The price includes VAT'],
  refersTo: ['อ้างอิง', 'Refers to'],
  before: ['มูลค่าตามเอกสารเดิม', 'Value of the original'],
  after: ['มูลค่าที่ถูกต้อง', 'Corrected value'],
  difference: ['ผลต่าง', 'Difference'],
  refund: ['คืนเงิน', 'Refund'],
  reason: ['สาเหตุ', 'Reason'],
  page: ['หน้า', 'Page'],
  paid: ['ชำระเงินครบถ้วนแล้ว', 'Paid in full'],
} as const satisfies Record<string, Label>

/** Why money went back, by the words of `REFUND_REASONS`. */
const REASONS: Readonly<Record<string, Label>> = {
  not_me: ['ผู้ซื้อไม่ได้อยู่ในรูป คืนเงินให้', 'The buyer is not in the photo'],
  quality: ['รูปไม่เป็นไปตามที่ตกลง คืนเงินให้', 'The photo is not as agreed'],
  mistake: ['ยกเลิกการซื้อตามที่ตกลง', 'The purchase was cancelled'],
  taken_down: ['รูปถูกถอนออกหลังการขาย', 'The photo was taken down after the sale'],
  other: ['ยกเลิกการซื้อตามที่ตกลง', 'The purchase was cancelled'],
}
export const reasonOf = (reason: string): Label => REASONS[reason] ?? REASONS['other']!

/** Says that a full tax invoice takes the place of an abbreviated one (Notification on VAT No. 247, for section 86/4). */
export const replacesSentence = (number: string, date: Label): Label => [
  `เป็นการยกเลิกใบกำกับภาษีอย่างย่อเลขที่ ${number} ลงวันที่ ${date[0]} และออกใบกำกับภาษีฉบับใหม่แทน`,
  `This cancels the abbreviated tax invoice no. ${number} dated ${date[1]} and is issued in its place`,
]

const day = (locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Bangkok', day: 'numeric', month: 'long', year: 'numeric' })
const [thai, english] = [day('th-TH-u-ca-buddhist-nu-latn'), day('en-GB')]

/** A day as it is printed: the Buddhist era in Thai, the common one in English. */
export const dateOf = (instant: string): Label => {
  const parts = thai.formatToParts(new Date(instant))
  const of = (type: string) => parts.find(part => part.type === type)!.value
  return [`${of('day')} ${of('month')} ${of('year')}`, english.format(new Date(instant))]
}

/** `1,234.50` of 123450 satang. */
export const figures = (satang: number): string => {
  const digits = String(Math.abs(satang)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${satang < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}
