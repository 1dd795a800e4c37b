import { expect, test } from 'vitest'
import { foldMoments } from './fold-moments.ts'

const photo = (id: string, burst: string | null, takenAt: number | null = 0) => ({ id, burst, takenAt })
type Photo = ReturnType<typeof photo>
const folded = (...photos: Photo[]) =>
  foldMoments(photos, one => one).map(({ front, frames }) => [front.id, frames.map(({ id }) => id).join('')])

test('a burst is one moment where its first photo stands: the best in front, the others by time', () => {
  expect(folded(photo('z', 'b', 3), photo('x', null), photo('b', 'b', 2), photo('a', 'b', 1))).toEqual([
    ['b', 'baz'],
    ['x', 'x'],
  ])
})

test('where the best of a burst is not among the photos, the first of them stands for it', () => {
  expect(folded(photo('c', 'gone', 2), photo('a', 'gone', 1))).toEqual([['c', 'ca']])
})

test('photos by themselves stay as they are', () => {
  expect(folded(photo('b', null, null), photo('a', null, 1))).toEqual([
    ['b', 'b'],
    ['a', 'a'],
  ])
})
