import { expect, test } from 'vitest'
import { countOf, placeOf } from './filters.ts'

const COUNTS = { queued: 1, processing: 2, processed: 12, failed: 4, pending: 3, approved: 5, rejected: 6 }

test('each filter counts what it shows, and all of them every photo once', () => {
  expect(countOf('all', COUNTS)).toBe(19)
  expect((['waiting', 'onSale', 'rejected', 'failed'] as const).map(filter => countOf(filter, COUNTS))).toEqual([
    3, 5, 6, 4,
  ])
})

test('a photo that was not taken is said to be so, whatever its processing came to', () => {
  expect(placeOf({ state: 'failed', approval: 'rejected' })).toBe('rejected')
  expect(placeOf({ state: 'failed', approval: 'pending' })).toBe('failed')
  expect(placeOf({ state: 'processing', approval: 'pending' })).toBe('processing')
  expect(placeOf({ state: 'processed', approval: 'pending' })).toBe('waiting')
  expect(placeOf({ state: 'processed', approval: 'approved' })).toBe('onSale')
})
