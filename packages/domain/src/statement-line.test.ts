import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LedgerLine, statedLine } from './statement-line.ts'

const none = { orderNumber: null, eventId: null, slug: null, nameTh: null, nameEn: null, photoId: null }
const bare: LedgerLine = {
  ...none,
  at: new Date('2026-11-26T06:30:00Z'),
  kind: 'sale',
  amount: -2_754,
  fileName: null,
  price: null,
  rateBp: null,
  number: null,
  paidTo: null,
  withheld: null,
  net: null,
  reference: null,
  reason: null,
}

test('what the ledger owes more stands above 0, a refunded price below', () => {
  const sale = statedLine({ ...bare, price: 6_000, rateBp: 5_000 }, 'photographer')
  expect(sale).toMatchObject({ kind: 'sale', price: { amount: 6_000 }, amount: { amount: 2_754, currency: 'THB' } })
  const refund = statedLine({ ...bare, kind: 'refund', price: 6_000, amount: 2_754 }, 'photographer')
  expect(refund).toMatchObject({ kind: 'refund', price: { amount: -6_000 }, amount: { amount: -2_754 } })
  expect(sale).toMatchObject({ at: '2026-11-26T06:30:00.000Z', event: null, photo: null, payout: null })
})

test('what a statement adds up to is what the ledger owes, whatever its lines are', () => {
  const line = fc.record({
    kind: fc.constantFrom('sale', 'refund', 'payout', 'payout_return', 'withholding', 'adjustment'),
    amount: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
    price: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
    paidTo: fc.option(fc.constantFrom('photographer', 'studio', 'organizer')),
  })
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('photographer', 'studio', 'organizer'), (lines, party) => {
      const stated = lines.map(one => statedLine({ ...bare, ...one }, party).amount.amount)
      const owed = lines.reduce((sum, { amount }) => sum + amount, 0)
      expect(stated.reduce((sum, amount) => sum + amount, 0) + owed).toBe(0)
    }),
  )
})

test('an event and a photo are named, also where their names are gone', () => {
  const named = { eventId: 'e', slug: 's', nameTh: 'วิ่ง', nameEn: 'Run', photoId: 'p', fileName: 'a.jpg' }
  expect(statedLine({ ...bare, ...named }, 'organizer')).toMatchObject({
    event: { id: 'e', slug: 's', name: { th: 'วิ่ง', en: 'Run' } },
    photo: { id: 'p', fileName: 'a.jpg' },
  })
  expect(statedLine({ ...bare, eventId: 'e', photoId: 'p' }, 'organizer')).toMatchObject({
    event: { id: 'e', slug: '', name: { th: '', en: '' } },
    photo: { id: 'p', fileName: '' },
  })
})

test('a payout says its number, its tax and what was transferred, or nothing of it', () => {
  const payout = { ...bare, kind: 'payout', amount: 120_000, number: 'PO-1/3', withheld: 3_600, net: 116_400 }
  expect(statedLine(payout, 'photographer').payout).toMatchObject({
    number: 'PO-1/3',
    withheld: { amount: 3_600 },
    net: { amount: 116_400 },
  })
  for (const lack of [{ number: null }, { withheld: null }, { net: null }])
    expect(statedLine({ ...payout, ...lack }, 'photographer').payout).toBeNull()
})

const kindOf = (kind: string, party: 'photographer' | 'studio', paidTo: LedgerLine['paidTo'] = null) =>
  statedLine({ ...bare, kind, paidTo }, party).kind

test('tax that a studio keeps for the tax office is named withholding, also once its payout came back', () => {
  expect(kindOf('withholding', 'studio', 'photographer')).toBe('withholding')
  expect(kindOf('payout_return', 'studio', 'photographer')).toBe('withholding')
  expect(kindOf('payout_return', 'studio', 'studio')).toBe('payout_return')
  expect(kindOf('payout_return', 'photographer', 'photographer')).toBe('payout_return')
  expect(kindOf('settlement', 'studio')).toBe('other')
})

test('a correction says what it goes back to and why, or nothing of it', () => {
  const correction = { ...bare, kind: 'adjustment', reference: 'L-7', reason: 'sold twice' }
  expect(statedLine(correction, 'photographer')).toMatchObject({
    kind: 'correction',
    correction: { reference: 'L-7', reason: 'sold twice' },
  })
  for (const lack of [{ reference: null }, { reason: null }])
    expect(statedLine({ ...correction, ...lack }, 'photographer').correction).toBeNull()
})
