import type { StatedLine } from '@pix/domain/statement-line.ts'
import { openStatement, type StatementHead } from './draw-statement.ts'
import type { PrintedLine } from './statement-table.ts'

const baht = (amount: number) => ({ amount, currency: 'THB' as const })
const event = {
  id: 'e',
  slug: 'e',
  name: { th: 'วิ่งมาราธอนริมน้ำเชียงใหม่ ครั้งที่ 12', en: 'Chiang Mai Riverside Marathon 12' },
}
const sale = (at: number): PrintedLine => ({
  at: new Date(Date.UTC(2026, 10, 1 + (at % 25), 3, at % 60)).toISOString(),
  kind: 'sale',
  event,
  photo: { id: `p${at}`, fileName: `DSC_${String(1000 + at)}.JPG` },
  orderNumber: `PIX-2611-${String(100 + at)}`,
  price: baht(6_000),
  rateBp: 5_000,
  amount: baht(2_754),
  payout: null,
  correction: null,
  seal: 41 + (at % 2),
})
const paid = (at: string, kind: StatedLine['kind'], amount: number): PrintedLine => ({
  at,
  kind,
  event: null,
  photo: null,
  orderNumber: null,
  price: null,
  rateBp: null,
  amount: baht(amount),
  payout: { number: 'PO-2026-000012/3', withheld: baht(3_600), net: baht(116_400) },
  correction: null,
  seal: null,
})
const corrected: PrintedLine = {
  ...paid('2026-11-22T03:00:00.000Z', 'correction', 5_000),
  payout: null,
  correction: { reference: 'จดหมาย 18/2569', reason: 'คืนส่วนแบ่งของรูปที่ลงชื่อช่างภาพผิดคน' },
}
const long = { id: 'p', fileName: 'ภาพเข้าเส้นชัยของนักวิ่งระยะ 42 กิโลเมตร_ชื่อไฟล์ยาวมาก_final_edit_0042.JPG' }
const lines: PrintedLine[] = [
  sale(0),
  sale(1),
  { ...sale(2), photo: long },
  { ...sale(1), kind: 'refund', price: baht(-6_000), amount: baht(-2_754) },
  paid('2026-11-20T06:30:00.000Z', 'payout', -120_000),
  paid('2026-11-21T06:30:00.000Z', 'payout_return', 120_000),
  corrected,
]
const head = {
  party: 'photographer',
  payee: 'สมชาย ใจดี',
  from: '2026-11-01',
  to: '2026-11-30',
  madeAt: '2026-11-26T06:30:00.000Z',
  opening: 123_450,
} as const
const root = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

interface Sample {
  head: StatementHead
  lines: readonly PrintedLine[]
  seals: readonly (readonly [number, string])[]
}
const sample = (party: StatementHead['party'], of: readonly PrintedLine[], seals: number): Sample => ({
  head: {
    ...head,
    party,
    closing: head.opening + of.reduce((sum, { amount }) => sum + amount.amount, 0),
    lineCount: of.length,
  },
  lines: of,
  seals: Array.from({ length: seals }, (_, at) => [41 + at, root] as const),
})

/** Statements as payees get them, by name. */
export const SAMPLE_STATEMENTS = {
  statement: sample('photographer', lines, 2),
  'statement-studio': sample('studio', [sale(0), paid('2026-11-20T06:30:00.000Z', 'withholding', 3_600)], 1),
  'statement-long': sample(
    'organizer',
    Array.from({ length: 500 }, (_, at) => sale(at)),
    120,
  ),
  'statement-empty': sample('photographer', [], 0),
} as const satisfies Record<string, Sample>

/** A sample as a file. */
export async function drawSampleStatement({ head: of, lines: drawn, seals }: Sample): Promise<Buffer> {
  const statement = openStatement(of)
  for (const line of drawn) statement.draw(line)
  statement.attach('proofs-0001.json', JSON.stringify({ lines: drawn }))
  statement.end(seals)
  const parts: Buffer[] = []
  for await (const part of statement.bytes) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
