import { expect, test } from 'vitest'
import { maskEmail } from './mask-email.ts'

test('of an address its first letter and its domain are shown, of a very short one the domain alone', () => {
  expect(maskEmail('naree+run@shop.example')).toBe('n•••@shop.example')
  expect(maskEmail('ab@shop.example')).toBe('•••@shop.example')
  expect(maskEmail('a@xn--o3cw4h.th')).toBe('•••@xn--o3cw4h.th')
})
