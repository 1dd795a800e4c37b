import type { Match } from '@pix/contracts/faces.ts'
import { expect, test } from 'vitest'
import { foldMatches } from './fold-matches.ts'

const match = (id: string, burst: string | null, second = 0) =>
  ({ photo: { id, takenAt: new Date(second * 1_000).toISOString() }, burst }) as Match
const folded = (...matches: Match[]) => foldMatches(matches).map(({ frames }) => frames.map(({ photo }) => photo.id))

test('photos of a burst are one moment where its first match stands: the best in front, the others by time', () => {
  expect(folded(match('z', 'b', 3), match('x', null), match('b', 'b', 2), match('a', 'b', 1))).toEqual([
    ['b', 'a', 'z'],
    ['x'],
  ])
})

test('where the best is not among the matches, the surest stands in front', () => {
  expect(folded(match('c', 'gone', 2), match('a', 'gone', 1))).toEqual([['c', 'a']])
})
