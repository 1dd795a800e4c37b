import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { expect, test } from 'vitest'
import { countChoices, filterOf, fits, flagsOf, queryOf } from './review-filters.ts'

const photo = (id: string, more: Partial<ReviewPhoto> = {}) =>
  ({ id, approval: 'pending', faces: 2, sharpness: 0.7, burst: null, photographerId: 'anna', ...more }) as ReviewPhoto

const PHOTOS = [
  photo('sharp', { burst: 'sharp' }),
  photo('again', { burst: 'sharp', photographerId: 'ben' }),
  photo('soft', { sharpness: 0.3, faces: 0 }),
  photo('unmeasured', { sharpness: null }),
  photo('sold', { approval: 'approved', sharpness: 0.3 }),
]
const ALL = { approval: 'pending', look: null, by: null } as const

test('flags are what was measured: blur, no face, and a sharper shot of the same burst', () => {
  expect(PHOTOS.map(flagsOf)).toEqual([[], ['repeated'], ['blurred', 'faceless'], [], ['blurred']])
})

test('each count is what its choice would show', () => {
  for (const filter of [ALL, { ...ALL, look: 'flagged' as const }, { ...ALL, by: 'anna' }]) {
    const counts = countChoices(PHOTOS, filter)
    const shown = (choice: object) => PHOTOS.filter(each => fits(each, { ...filter, ...choice })).length
    for (const approval of ['pending', 'approved', 'rejected'] as const)
      expect(counts.approvals[approval]).toBe(shown({ approval }))
    for (const look of ['flagged', 'blurred', 'faceless', 'repeated', 'clear'] as const)
      expect(counts.looks[look]).toBe(shown({ look }))
    for (const by of ['anna', 'ben']) expect(counts.by.get(by) ?? 0).toBe(shown({ by }))
  }
  expect(countChoices(PHOTOS, ALL).looks).toEqual({ flagged: 2, blurred: 1, faceless: 1, repeated: 1, clear: 2 })
})

test('a filter survives in the address, and what the address has wrong is left out', () => {
  const filter = { approval: 'rejected', look: 'blurred', by: 'anna' } as const
  expect(filterOf(queryOf(filter))).toEqual(filter)
  expect(queryOf(ALL)).toEqual({})
  expect(filterOf({ state: 'sold', look: 'ugly', by: ['a', 'b'] })).toEqual(ALL)
})
