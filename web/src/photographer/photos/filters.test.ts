import { expect, test } from 'vitest'
import { countOf } from './filters.ts'

const COUNTS = { queued: 1, processing: 2, processed: 12, failed: 4, pending: 3, approved: 5, rejected: 6 }

test('each filter counts what it shows, and all of them every photo once', () => {
  expect(countOf('all', COUNTS)).toBe(19)
  expect((['waiting', 'onSale', 'rejected', 'failed'] as const).map(filter => countOf(filter, COUNTS))).toEqual([
    3, 5, 6, 4,
  ])
})
