import { expect, test } from 'vitest'
import { goodMs, type LetterTemplate } from './letters.ts'

test('a code by mail is good for ten minutes; a letter without an end, or of an earlier release, for as long as it is tried', () => {
  expect(goodMs('sign_in_code')).toBe(600_000)
  expect(goodMs('reset_password')).toBe(3_600_000)
  expect(goodMs('order_paid')).toBe(null)
  expect(goodMs('gone' as LetterTemplate)).toBe(null)
})
