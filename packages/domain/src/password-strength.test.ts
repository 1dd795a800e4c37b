import { expect, test } from 'vitest'
import { passwordStrength } from './password-strength.ts'

test.each([
  ['', 'short'],
  ['k3#vQ9!x', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['1234567890abcdef', 'weak'],
  ['password12345', 'weak'],
  ['P@ssw0rd2026!', 'weak'],
  ['river4721kite', 'fair'],
  ['seven purple kettles', 'good'],
] as const)('%s is %s', (password, strength) => {
  expect(passwordStrength(password, 10)).toBe(strength)
})

test('what the owner is called counts nothing, whole or in parts, in any case', () => {
  const own = ['Somsri Jaidee', 'somsri.j@example.com']
  expect(passwordStrength('SomsriJaidee2026', 10, own)).toBe('weak')
  expect(passwordStrength('somsri.j@example.com', 10, own)).toBe('weak')
  expect(passwordStrength('green somsri lanterns drift', 10, own)).toBe('good')
})
