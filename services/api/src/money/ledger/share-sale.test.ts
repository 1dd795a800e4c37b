import { expect, test } from 'vitest'
import { shareSale } from './share-sale.ts'

const STANDARD = { platformBp: 3_000, photographerBp: 5_000, organizerBp: 2_000 }

test('each photo pays its own photographer, and the shares add up to the order', () => {
  const items = [
    { photographerId: 'a', unitPrice: 5_167 },
    { photographerId: 'a', unitPrice: 5_167 },
    { photographerId: 'b', unitPrice: 5_166 },
  ]
  const { platform, organizer, photographers } = shareSale(items, STANDARD, true)
  expect([...photographers]).toEqual([
    ['a', 5_168],
    ['b', 2_583],
  ])
  expect({ platform, organizer }).toEqual({ platform: 4_650, organizer: 3_099 })
  expect(platform + organizer + 5_168 + 2_583).toBe(15_500)
})

test('without an organizer the platform has that share', () => {
  const { platform, organizer } = shareSale([{ photographerId: 'a', unitPrice: 10_000 }], STANDARD, false)
  expect({ platform, organizer }).toEqual({ platform: 5_000, organizer: 0 })
})
