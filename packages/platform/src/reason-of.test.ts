import { expect, test } from 'vitest'
import { reasonOf } from './reason-of.ts'

test('a reason names no address, no long number and no value of a statement', () => {
  expect(reasonOf(new Error('550 unknown user somchai.j@example.co.th'))).toBe('Error: 550 unknown user …@…')
  expect(reasonOf(new Error('PromptPay 081-234-5678 is refused'))).toBe('Error: PromptPay … is refused')
  const outer = new Error('Failed query: insert …\nparams: a@b.example', { cause: new TypeError('duplicate key') })
  expect(reasonOf(outer)).toBe('TypeError: duplicate key')
  expect(reasonOf(new Error('Failed query: select 1 params: secret'))).toBe('Error: Failed query: select 1')
  expect(reasonOf('x'.repeat(900))).toHaveLength(200)
})
