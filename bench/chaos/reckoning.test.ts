import { expect, test } from 'vitest'
import type { BankCharge } from './bank.ts'
import type { Bought } from './errand.ts'
import type { BankFacts, Books } from './read-books.ts'
import { compare } from './reckoning.ts'

const NUMBER = 'PX-2026-000001'
const CHARGE: BankCharge = {
  trans_id: 'PN1',
  ref1: 'PX26000001A1',
  amount: '60.00',
  payment_status: 'completed',
  faults: {},
}
const PAYOUT = { name: 'PO-1/1', kind: 'payout', of: 'PO-1 6789', amount: 2_000, fate: 'arrives' } as const
const bank = (more: Partial<BankFacts> = {}): BankFacts => ({
  charges: [CHARGE],
  deposits: [{ reference: 'REF1', orderNumber: 'PX-2026-000002', amount: 6_000, at: new Date(), isTaken: true }],
  withdrawals: [PAYOUT],
  ...more,
})
const books = (more: Partial<Books> = {}): Books => ({
  receipts: new Map([
    ['PN1', 6_000],
    ['REF1', 6_000],
  ]),
  attempts: new Map([['PX26000001A1', 'pending PN1']]),
  applied: new Set([NUMBER]),
  takenIn: 12_000,
  clearing: 10_000,
  beyondShares: 0,
  unbalanced: 0,
  carried: 0,
  refunded: 0,
  duplicates: 0,
  slips: { sent: 1, arrived: 1, refused: 0, repeated: 0, waiting: 0 },
  ...more,
})
const bought = (more: Partial<Bought> = {}): Bought => ({
  fault: 'none',
  orderId: 'o1',
  number: NUMBER,
  total: 6_000,
  photos: 1,
  status: 'fulfilled',
  downloaded: 1,
  fulfilledMs: 10,
  asked: null,
  isWaiting: false,
  ...more,
})
const CLEAN = { lost: 0, givenAway: 0, ledgerDifferenceSatang: 0, duplicates: 0 }

test('books that agree with the banks and with what customers have are clean', () => {
  expect(compare(books(), bank(), [bought()])).toMatchObject({ ...CLEAN, paidAtGateway: 2, fulfilled: 1, paidOut: 1 })
})

test.each<[string, Partial<Books>, Partial<BankFacts>, Partial<Bought>, object]>([
  [
    'a charge without a receipt',
    { receipts: new Map([['REF1', 6_000]]) },
    {},
    {},
    { lost: 1, lostNames: ['PN1 PX26000001A1: pending PN1'] },
  ],
  ['a transfer by hand without a receipt', { receipts: new Map([['PN1', 6_000]]) }, {}, {}, { lost: 1 }],
  ['a paid order whose photos did not come', {}, {}, { downloaded: 0 }, { lost: 1, lostNames: [NUMBER] }],
  ['photos without money', { applied: new Set<string>() }, { charges: [] }, {}, { givenAway: 1 }],
  ['a receipt of another amount', { receipts: new Map(), takenIn: 0 }, {}, {}, { ledgerDifferenceSatang: 12_000 }],
  ['a payout that is not posted', { clearing: 12_000 }, {}, {}, { ledgerDifferenceSatang: 2_000 }],
  ['a payout beyond what was earned', { beyondShares: 1 }, {}, {}, { ledgerDifferenceSatang: 1 }],
  ['a posting that does not balance', { unbalanced: 5 }, {}, {}, { ledgerDifferenceSatang: 5 }],
  ['the same payout twice', {}, { withdrawals: [PAYOUT, { ...PAYOUT, name: 'PO-1/2' }] }, {}, { duplicates: 1 }],
])('%s is seen', (_, ofBooks, ofBank, ofBought, seen) => {
  expect(compare(books(ofBooks), bank(ofBank), [bought(ofBought)])).toMatchObject(seen)
})

test('money that came back from the other bank is in the account again, and a difference that was announced is what came', () => {
  const back = { ...PAYOUT, fate: 'comes_back_late' } as const
  const said = books({
    receipts: new Map([
      ['PN1', 5_999],
      ['REF1', 6_000],
    ]),
    takenIn: 11_999,
    clearing: 11_999,
  })
  const customer = bought({ fault: 'a satang short', asked: 'money', downloaded: 0 })
  expect(compare({ ...said, applied: new Set() }, bank({ withdrawals: [back] }), [customer])).toMatchObject({
    ...CLEAN,
    bounced: 1,
    paidOut: 0,
  })
})
