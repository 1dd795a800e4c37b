import { expect, test } from 'vitest'
import { exposureWords } from './shot-words.ts'

const NOTHING = { seconds: null, fNumber: null, iso: null, focalLength: null }

test('an exposure is written as photographers write it', () => {
  expect(exposureWords({ seconds: 0.002, fNumber: 2.8, iso: 3200, focalLength: 200 })).toBe(
    '1/500 s · f/2.8 · ISO 3200 · 200 mm',
  )
  expect(exposureWords({ seconds: 1.3, fNumber: 4, iso: 100, focalLength: 23.5 })).toBe(
    '1.3 s · f/4 · ISO 100 · 23.5 mm',
  )
})

test('what the camera did not write is left out', () => {
  expect(exposureWords({ ...NOTHING, seconds: 0.25 })).toBe('1/4 s')
  expect(exposureWords(NOTHING)).toBe('')
})
