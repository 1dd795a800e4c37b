import type { ListedPackage } from '@pix/contracts/package-lists.ts'
import { expect, test } from 'vitest'
import { faultsOfRow, moved, packageOf, rowOf, type PackageRow } from './package-rows.ts'

const bundle: ListedPackage = {
  id: '019a0000-0000-7000-8000-000000000001',
  kind: 'bundle',
  name: { th: 'ชุดเล็ก', en: 'Small' },
  photoCount: 5,
  price: { amount: 25_050, currency: 'THB' },
  early: { price: { amount: 20_000, currency: 'THB' }, until: '2026-12-01T10:00:00.000Z' },
  hidden: false,
}

test('a package comes back from its row of inputs as it went in', () => {
  for (const early of [bundle.early, null, { ...bundle.early!, until: null }]) {
    const { id: _, ...rest } = { ...bundle, early, hidden: early === null }
    expect(packageOf(rowOf({ ...bundle, ...rest }))).toEqual(rest)
  }
  expect(rowOf({ ...bundle, price: { amount: 25_000, currency: 'THB' } }).price).toBe('250')
})

test.each<[string, Partial<PackageRow>, object]>([
  ['no name', { nameTh: ' ' }, { nameTh: 'required' }],
  ['a bundle of one', { photoCount: '1' }, { photoCount: 'count' }],
  ['half a photo', { photoCount: '2.5' }, { photoCount: 'count' }],
  ['a price with three decimals', { price: '1.005' }, { price: 'price' }],
  ['a price below zero', { price: '-1' }, { price: 'price' }],
  ['more than a QR can ask', { price: '700001' }, { price: 'price' }],
  ['nothing to pay', { price: '0', isEarly: false }, {}],
  ['an early price that is none', { earlyPrice: 'x' }, { earlyPrice: 'price' }],
  ['an early price that saves nothing', { earlyPrice: '250.50' }, { earlyPrice: 'notBelow' }],
  ['half a time', { earlyUntil: '2026-12-01' }, { earlyUntil: 'time' }],
  ['an early price that ends when the event begins', { earlyUntil: '' }, {}],
])('%s is reported at its field', (_, change, faults) => {
  expect(faultsOfRow({ ...rowOf(bundle), ...change })).toEqual(faults)
})

test('a row moves one place up or down', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
})
