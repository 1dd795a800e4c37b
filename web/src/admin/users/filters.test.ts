import { expect, test } from 'vitest'
import { filtersOf } from './filters.ts'

test('an address narrows the list by what it names, and by nothing else', () => {
  expect(filtersOf({ q: ' นก ', kind: 'staff', suspended: 'true' })).toEqual({
    q: 'นก',
    kind: 'staff',
    suspended: 'true',
  })
  expect(filtersOf({ q: 'x', kind: 'king', suspended: 'maybe', other: '1' })).toEqual({})
})
