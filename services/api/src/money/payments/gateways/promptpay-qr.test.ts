import { parse, validate } from 'promptparse'
import { expect, test } from 'vitest'
import { drawPromptPayQr, promptPayPayload } from './promptpay-qr.ts'

const input = { amount: 31_007, ref1: 'PX26000001A1' }

test.each([
  ['0812345678', 'MSISDN'],
  ['081-234-5678', 'MSISDN'],
  ['1234567890123', 'NATID'],
])('%s gives a tag 29 for %s with the amount to the satang', (account, type) => {
  const payload = promptPayPayload({ ...input, account })!
  expect(validate.anyId(payload)).toMatchObject({ type, amount: 310.07 })
  expect(parse(payload, true)?.validate('63')).toBe(true)
})

test('a biller gives a tag 30 with our reference', () => {
  const payload = promptPayPayload({ ...input, account: '099999999999990' })!
  expect(validate.billPayment(payload)).toMatchObject({ billerId: '099999999999990', ref1: input.ref1, amount: 310.07 })
})

test('an account that is no PromptPay id gives no QR', async () => {
  expect(promptPayPayload({ ...input, account: '123-4-56789-0' })).toBeNull()
  expect(await drawPromptPayQr({ ...input, account: 'shop' })).toBeNull()
})

test('the picture is a PNG', async () => {
  expect((await drawPromptPayQr({ ...input, account: '0812345678' }))?.subarray(1, 4).toString()).toBe('PNG')
})
