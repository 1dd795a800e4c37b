import { LETTER_NAMES } from '@pix/contracts/letter-words.ts'
import { expect, test } from 'vitest'
import { GROUPS } from './groups.ts'

test('every letter stands in one group', () => {
  expect(Object.values(GROUPS).flat().toSorted()).toEqual(LETTER_NAMES.toSorted())
})
