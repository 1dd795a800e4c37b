import { expect, test } from 'vitest'
import { foldBursts, type Shot } from './fold-bursts.ts'

const START = Date.UTC(2026, 10, 14, 12)
const ALIKE = 'ffff0000ffff0000'

const shot = (id: string, second: number | null, more: Partial<Shot> = {}): Shot => ({
  id,
  photographerId: 'anna',
  camera: 'R6',
  takenAt: second === null ? null : new Date(START + second * 1_000),
  createdAt: new Date(START),
  perceptualHash: ALIKE,
  sharpness: 0.6,
  faces: 1,
  ...more,
})
const folded = (...shots: Shot[]) => foldBursts(shots).map(({ id, burst }) => [id, burst])

test('photos of one camera within two seconds that look alike are one burst, named by its sharpest', () => {
  expect(folded(shot('c', 3, { sharpness: 0.7 }), shot('a', 0), shot('b', 1.5, { sharpness: 0.9 }))).toEqual([
    ['a', 'b'],
    ['b', 'b'],
    ['c', 'b'],
  ])
})

test('a photo whose sharpness is not known is neither the sharpest of a burst nor a repeat', () => {
  const unknown = { sharpness: null }
  expect(folded(shot('a', 0, unknown), shot('b', 1, unknown))).toEqual([
    ['a', null],
    ['b', null],
  ])
  expect(folded(shot('a', 0, unknown), shot('b', 1), shot('c', 2, { sharpness: 0.4 }))).toEqual([
    ['a', null],
    ['b', 'b'],
    ['c', 'b'],
  ])
})

test('a burst is three seconds long at most, however many shots follow before the same background', () => {
  const shots = Array.from({ length: 7 }, (_, at) => shot(String(at), at * 1.5))
  expect(folded(...shots).map(([, burst]) => burst)).toEqual(['0', '0', '0', '3', '3', '3', null])
})

test('each shot looks like the first of its burst, not only like the one before', () => {
  const drifting = ['ffff0000ffff0000', 'ffff0000ffff00ff', 'ffff0000ffffffff']
  const shots = drifting.map((perceptualHash, at) => shot(String(at), at, { perceptualHash }))
  expect(folded(...shots).map(([, burst]) => burst)).toEqual(['0', '0', null])
})

test.each([
  ['two seconds apart', shot('b', 2)],
  ['of another camera', shot('b', 1, { camera: 'R5' })],
  ['of another photographer', shot('b', 1, { photographerId: 'ben' })],
  ['with another face', shot('b', 1, { faces: 2 })],
  ['that does not look alike', shot('b', 1, { perceptualHash: 'ffffff000fff0000' })],
  ['whose look is not known', shot('b', 1, { perceptualHash: null })],
  ['whose time is not certain', shot('b', null)],
])('a photo %s is no part of the burst', (_, other) => {
  expect(folded(shot('a', 0), other)).toEqual([
    ['a', null],
    ['b', null],
  ])
})

test('ten bits of 64 may differ, also in the upper half of each word', () => {
  expect(folded(shot('a', 0), shot('b', 1, { perceptualHash: '7c1f0f00ffff0000' }))[1]).toEqual(['b', 'a'])
  expect(folded(shot('a', 0), shot('b', 1, { perceptualHash: '7c1f0f00ffff8000' }))[1]).toEqual(['b', null])
})

test('the order is that of the clock, with a burst in one piece, and photos without a certain time at the end', () => {
  const other = { photographerId: 'ben' }
  expect(folded(shot('z', null), shot('b', 1), shot('x', 0.5, other), shot('a', 0), shot('y', 9, other))).toEqual([
    ['a', 'a'],
    ['b', 'a'],
    ['x', null],
    ['y', null],
    ['z', null],
  ])
})

test('photos without the name of a camera are one camera’s, and not that of a named one', () => {
  const nameless = { camera: null }
  expect(folded(shot('c', 1.5), shot('b', 1, nameless), shot('a', 0, nameless), shot('d', 0.5, nameless))).toEqual([
    ['a', 'a'],
    ['d', 'a'],
    ['b', 'a'],
    ['c', null],
  ])
})

test('photos of one moment stand as they arrived, and those that arrived together by their ids', () => {
  const [early, late] = [{ createdAt: new Date(START + 1) }, { createdAt: new Date(START + 2) }]
  const shots = [
    shot('c', 0, { perceptualHash: '0000ffff0000ffff', ...early }),
    shot('a', 0, { perceptualHash: 'ffff0000ffff0000', ...late }),
    shot('b', 0, { perceptualHash: 'ff00ff00ff00ff00', ...early }),
  ]
  expect(folded(...shots)).toEqual([
    ['b', null],
    ['c', null],
    ['a', null],
  ])
  expect(folded(...shots.toReversed())).toEqual(folded(...shots))
})
