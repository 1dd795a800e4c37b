import type { Package } from '@pix/contracts/pricing.ts'
import { expect, test } from 'vitest'
import { faultsOfRow, packageOf, rowOf, type PackageRow } from './package-rows.ts'

const bundle: Package = {
  id: '019a0000-0000-7000-8000-000000000001',
  kind: 'bundle',
  name: { th: 'ชุดเล็ก', en: 'Small' },
  photoCount: 5,
  price: { amount: 25_050, currency: 'THB' },
}

test('a package comes back from its row of inputs as it went in', () => {
  const { id: _, ...rest } = bundle
  expect(packageOf(rowOf(bundle))).toEqual(rest)
  expect(rowOf({ ...bundle, price: { amount: 25_000, currency: 'THB' } }).price).toBe('250')
})

test.each<[string, Partial<PackageRow>, object]>([
  ['no name', { nameTh: ' ' }, { nameTh: 'required' }],
  ['a bundle of one', { photoCount: '1' }, { photoCount: 'count' }],
  ['half a photo', { photoCount: '2.5' }, { photoCount: 'count' }],
  ['a price with three decimals', { price: '1.005' }, { price: 'price' }],
  ['a price below zero', { price: '-1' }, { price: 'price' }],
  ['more than a QR can ask', { price: '700001' }, { price: 'price' }],
  ['nothing to pay', { price: '0' }, {}],
])('%s is told beside its field', (_, change, faults) => {
  expect(faultsOfRow({ ...rowOf(bundle), ...change })).toEqual(faults)
})
