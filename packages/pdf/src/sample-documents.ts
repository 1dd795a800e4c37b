import {
  type DocumentContent,
  type DocumentLine,
  documentNumber,
  type DocumentSeller,
} from '@pix/domain/document-content.ts'
import { VAT_BP, vatIncluded } from '@pix/domain/vat.ts'

const registered: DocumentSeller = {
  vat: 'registered',
  name: 'บริษัท ภาพสวยริมน้ำ จำกัด',
  address: '99/9 ชั้น 12 อาคารริมน้ำทาวเวอร์ ถนนพระรามที่ 1 แขวงปทุมวัน เขตปทุมวัน กรุงเทพมหานคร 10330',
  taxId: '0107537000521',
  branch: '00000',
  sellsAs: 'principal',
  soldAs: 'service',
}
const buyer = {
  name: 'บริษัท ผู้ซื้อภาพกิจกรรมเพื่อสุขภาพและการท่องเที่ยวแห่งประเทศไทย จำกัด (มหาชน)',
  address: '1 ถนนสีลม แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500',
  taxId: '0994000158378',
  branch: '00001',
}
const line = (n: number, amount: number): DocumentLine => ({
  th: `ค่าบริการถ่ายภาพ งานวิ่งริมน้ำเจ้าพระยา ครั้งที่ ${n} ทุกรูปของฉัน (14 รูป)`,
  en: `Photography, Chao Phraya Riverside Run No. ${n}, All my photos (14 photos)`,
  quantity: 1,
  amount,
})

function content(
  kind: DocumentContent['kind'],
  lines: DocumentLine[],
  more: Partial<DocumentContent> = {},
): DocumentContent {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0)
  const taxable = more.taxable ?? (kind === 'receipt' ? 0 : total)
  const seller = kind === 'receipt' ? { ...registered, vat: 'none' as const } : registered
  const { base, vat } = vatIncluded(taxable)
  return {
    version: 1,
    kind,
    number: documentNumber(kind, '2026-11', 42),
    orderNumber: 'PX-2026-000123',
    issuedAt: '2026-11-26T06:30:00.000Z',
    datedAt: '2026-11-26T06:30:00.000Z',
    seller,
    buyer: null,
    lines,
    total,
    taxable,
    base,
    vat,
    vatBp: VAT_BP,
    refersTo: null,
    correction: null,
    ...more,
  }
}

const original = { number: 'AT202611-00041', datedAt: '2026-11-20T06:30:00.000Z' }
const corrected = {
  refersTo: { kind: 'tax_invoice' as const, ...original },
  correction: { reason: 'quality', refundNumber: 'RF-2026-000007', baseBefore: 46_729, baseAfter: 41_122 },
}
const given: DocumentLine = {
  th: 'คืนเงินรูป IMG_2041.JPG งานวิ่งริมน้ำเจ้าพระยา',
  en: 'Refund of photo IMG_2041.JPG, Chao Phraya Riverside Run',
  quantity: 1,
  amount: 6_000,
}

/** Every document as people get it, by name, as long as it gets. */
export const SAMPLE_DOCUMENTS: Readonly<Record<string, DocumentContent>> = {
  receipt: content('receipt', [line(1, 50_000)], {
    seller: { ...registered, vat: 'none', name: 'ภาพสวยริมน้ำ', taxId: null, branch: null },
  }),
  abbreviated: content('abbreviated_tax_invoice', [
    line(1, 31_000),
    { th: 'ส่วนลด', en: 'Discount', quantity: 1, amount: -3_100 },
  ]),
  full: content('tax_invoice', [line(1, 50_000), line(2, 25_000)], { buyer }),
  exchanged: content('tax_invoice', [line(1, 50_000)], {
    buyer: { name: 'สมศรี ใจดี', address: '9 หมู่ 3 ตำบลแม่เหียะ อำเภอเมือง จังหวัดเชียงใหม่ 50100', taxId: null, branch: null },
    refersTo: { kind: 'abbreviated_tax_invoice', ...original },
  }),
  agent: content('tax_invoice', [line(1, 50_000)], {
    buyer,
    taxable: 15_000,
    seller: { ...registered, sellsAs: 'agent', soldAs: 'licence' },
  }),
  credit: content('credit_note', [given], { buyer, ...corrected }),
  'refund-note': content('credit_note', [given], {
    taxable: 0,
    seller: { ...registered, vat: 'none' },
    ...corrected,
  }),
  long: content(
    'tax_invoice',
    Array.from({ length: 60 }, (_, at) => line(at + 1, 50_000)),
    { buyer },
  ),
}
