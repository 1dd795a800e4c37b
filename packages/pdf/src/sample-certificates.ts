import { type CertificateContent, documentNumber } from '@pix/domain/document-content.ts'

const certificate: CertificateContent = {
  version: 1,
  kind: 'withholding_certificate',
  number: documentNumber('withholding_certificate', '2026-11', 7),
  issuedAt: '2026-11-26T06:30:00.000Z',
  datedAt: '2026-11-26T06:30:00.000Z',
  payer: {
    name: 'บริษัท ภาพสวยริมน้ำ จำกัด',
    address: '99/9 ชั้น 12 อาคารริมน้ำทาวเวอร์ ถนนพระรามที่ 1 แขวงปทุมวัน เขตปทุมวัน กรุงเทพมหานคร 10330',
    taxId: '0107537000521',
    branch: '00000',
  },
  payee: {
    name: 'นายสมชาย ใจดี',
    address: '9 หมู่ 3 ตำบลแม่เหียะ อำเภอเมือง จังหวัดเชียงใหม่ 50100',
    taxId: '1101700230708',
    form: 'person',
  },
  income: 'service',
  paid: 1_234_550,
  withheld: 37_037,
  rateBp: 300,
  payoutNumber: 'PO-2026-000012',
}

/** Certificates of withheld tax as payees get them, by name. */
export const SAMPLE_CERTIFICATES: Readonly<Record<string, CertificateContent>> = {
  certificate,
  'certificate-company': {
    ...certificate,
    payee: {
      name: 'บริษัท ผู้จัดงานวิ่งเพื่อสุขภาพและการท่องเที่ยวแห่งประเทศไทย จำกัด',
      address: '1 ถนนสีลม แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500',
      taxId: '0994000158378',
      form: 'juristic',
    },
    income: 'licence',
  },
}
