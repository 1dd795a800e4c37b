import { expect, test } from 'vitest'
import { askedBy, filtersOf, NO_FILTERS } from './filters.ts'

test('what is no filter in an address is left out', () => {
  expect(filtersOf({ text: ' วิ่ง ', status: 'sold', from: 'yesterday', archived: 'maybe', to: ['a', 'b'] })).toEqual({
    ...NO_FILTERS,
    text: 'วิ่ง',
  })
})

test('archived events are left out until they are asked for', () => {
  expect(askedBy(NO_FILTERS).listed.archived).toBe('without')
  expect(askedBy(filtersOf({ archived: 'with', status: 'open' })).listed).toMatchObject({
    archived: 'with',
    status: 'open',
  })
})
