import { expect, test } from 'vitest'
import { photoProgress } from './photo-progress.ts'

test('a rejected photo is said to be so, whatever its processing came to; the others are as far as they are', () => {
  expect(photoProgress({ state: 'failed', approval: 'rejected' })).toBe('rejected')
  expect(photoProgress({ state: 'failed', approval: 'pending' })).toBe('failed')
  expect(photoProgress({ state: 'queued', approval: 'pending' })).toBe('processing')
  expect(photoProgress({ state: 'processing', approval: 'pending' })).toBe('processing')
  expect(photoProgress({ state: 'processed', approval: 'pending' })).toBe('waiting')
  expect(photoProgress({ state: 'processed', approval: 'approved' })).toBe('onSale')
})
