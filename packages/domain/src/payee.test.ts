import { expect, test } from 'vitest'
import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from './payee.ts'

test('numbers written in groups are taken as their digits', () => {
  expect(withoutSpaces('081-234 5678')).toBe('0812345678')
  expect(withoutSpaces('1 1037 00000 00 1')).toBe('1103700000001')
})

test.each([
  ['0612345678', true],
  ['0812345678', true],
  ['0912345678', true],
  ['1103700000001', true],
  ['0212345678', false],
  ['081234567', false],
  ['08123456789', false],
  ['11037000000010', false],
  ['081234567x', false],
])('%s: PromptPay transfers to it is %s', (id, takes) => expect(PROMPTPAY_ID.test(id)).toBe(takes))

test.each([
  ['1234567890', true],
  ['123456789012345', true],
  ['123456789', false],
  ['1234567890123456', false],
  ['12345-67890', false],
])('%s: an account has this number is %s', (number, has) => expect(ACCOUNT_NUMBER.test(number)).toBe(has))
