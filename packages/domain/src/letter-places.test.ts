import { expect, test } from 'vitest'
import { placeFaults, placesOfWords } from './letter-places.ts'

const WORDS = { subject: 'Order {number}', lines: ['Paid: {baht}.', 'From {shop}.'], action: 'Open', hint: '{number}' }

test('words that name every needed place and only known ones have no fault', () => {
  expect(placeFaults({ needed: ['number'], optional: ['baht', 'shop', 'day'] }, WORDS)).toEqual([])
})

test('a place that nothing fills is named with the part in which it stands, a needed one that is missing with the text', () => {
  expect(placeFaults({ needed: ['day', 'number'], optional: ['baht'] }, WORDS)).toEqual([
    { kind: 'unknown_place', name: 'shop', field: 'lines' },
    { kind: 'missing_place', name: 'day', field: 'lines' },
  ])
  expect(placeFaults({ needed: [], optional: ['baht', 'shop'] }, WORDS).map(({ field }) => field)).toEqual([
    'subject',
    'hint',
  ])
})

test('places are read from all parts, each time that they stand there', () => {
  expect(placesOfWords(WORDS)).toEqual(['number', 'baht', 'shop', 'number'])
})
