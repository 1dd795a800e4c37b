import { expect, test } from 'vitest'
import { filtersOf, sentOf, typedOf } from './photo-filters.ts'

test('what an address carries is what the fields show and send again', () => {
  const address = { q: ' 0123 ', place: 'off_sale', sold: 'no', from: '2026-11-14T11:30:00.000Z', to: '', page: '2' }
  const filters = filtersOf(address)
  expect(filters).toEqual({ q: '0123', place: 'off_sale', sold: 'no', from: '2026-11-14T11:30:00.000Z' })
  expect(typedOf(filters)).toMatchObject({ q: '0123', from: '2026-11-14T18:30', to: '' })
  expect(sentOf(typedOf(filters))).toEqual(filters)
})

test('an address that somebody wrote by hand breaks nothing', () => {
  expect(filtersOf({ place: 'nowhere', faces: 'many', from: 'yesterday', q: ['a', 'b'], sold: null })).toEqual({})
})
