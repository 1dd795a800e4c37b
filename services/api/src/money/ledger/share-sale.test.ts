import { expect, test } from 'vitest'
import { sharePhoto } from './share-sale.ts'

const STANDARD = { platformBp: 3_000, photographerBp: 5_000, organizerBp: 2_000 }

test('a photo’s shares add up to its price', () => {
  expect(sharePhoto(5_167, STANDARD, true)).toEqual({ platform: 1_550, photographer: 2_584, organizer: 1_033 })
  expect(sharePhoto(5_166, STANDARD, true)).toEqual({ platform: 1_550, photographer: 2_583, organizer: 1_033 })
})

test('without an organizer the platform has that share', () => {
  expect(sharePhoto(10_000, STANDARD, false)).toEqual({ platform: 5_000, photographer: 5_000, organizer: 0 })
})
