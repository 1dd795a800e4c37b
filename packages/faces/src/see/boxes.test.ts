import { expect, test } from 'vitest'
import { suppress, type Candidate } from './boxes.ts'

const box = (left: number, top: number, side: number, score: number): Candidate => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
  score,
  seenAt: side,
})

test('of overlapping boxes only the best scored stays', () => {
  expect(suppress([box(2, 0, 100, 0.7), box(0, 0, 100, 0.9), box(5, 5, 100, 0.8)])).toEqual([box(0, 0, 100, 0.9)])
})

test('a box around the mouth inside a face is dropped, however the scores lie', () => {
  expect(suppress([box(0, 0, 100, 0.6), box(30, 55, 42, 0.5)])).toHaveLength(1)
  expect(suppress([box(0, 0, 100, 0.5), box(30, 55, 42, 0.6)])).toHaveLength(1)
})

test('a false box around a whole group does not swallow its faces', () => {
  const faces = [box(100, 100, 50, 0.8), box(300, 100, 50, 0.8)]
  expect(suppress([box(0, 0, 500, 0.9), ...faces])).toHaveLength(3)
})

test('a crowd is kept whole: there is no cap', () => {
  const crowd = Array.from({ length: 1_000 }, (_, i) => box((i % 40) * 20, Math.floor(i / 40) * 20, 18, 0.5))
  expect(suppress(crowd)).toHaveLength(1_000)
})
