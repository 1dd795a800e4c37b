import { expect, test } from 'vitest'
import { countPeople } from './limit-people.ts'

type Band = 'sure' | 'likely' | 'maybe'
const found = (...rows: [searchId: string, faceId: string, band: Band][]) =>
  rows.map(([searchId, faceId, band]) => ({ searchId, faceId, band }))

test('searches that found a face in common were for one person, also through a third search', () => {
  expect(countPeople([])).toBe(0)
  expect(countPeople(found(['a', '1', 'sure'], ['b', '2', 'sure']))).toBe(2)
  expect(countPeople(found(['a', '1', 'sure'], ['b', '2', 'sure'], ['b', '1', 'likely']))).toBe(1)
  const third = found(['a', '1', 'sure'], ['b', '2', 'sure'], ['c', '1', 'sure'], ['c', '2', 'sure'])
  expect(countPeople(third)).toBe(1)
})

test('a search that found nobody surely counts for nothing', () => {
  expect(countPeople(found(['a', '1', 'likely'], ['b', '2', 'sure']))).toBe(1)
})
