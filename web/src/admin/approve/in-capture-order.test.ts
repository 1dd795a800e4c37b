import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { expect, test } from 'vitest'
import { inCaptureOrder } from './in-capture-order.ts'

const photo = (id: string, second: number | null, burst: string | null = null) =>
  ({ id, burst, takenAt: second === null ? null : new Date(second * 1_000).toISOString() }) as ReviewPhoto

test('a photo that comes late stands where it was taken, and a burst stays in one piece', () => {
  const photos = [
    photo('x', null, null),
    photo('b', 11, 'b'),
    photo('other', 10.5),
    photo('later', 30),
    photo('a', 10, 'b'),
    photo('first', 1),
  ]
  expect(inCaptureOrder(photos).map(({ id }) => id)).toEqual(['first', 'a', 'b', 'other', 'later', 'x'])
})
