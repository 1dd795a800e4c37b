import { generate } from 'promptparse'
import { expect, test } from 'vitest'
import { readSlipCode } from './slip-code.ts'

const SLIP = generate.slipVerify({ sendingBank: '014', transRef: '202611261234567ABCDEF' })

test('the mini-QR of a slip names the sending bank and the transfer', () => {
  expect(readSlipCode(SLIP)).toEqual({ bank: '014', reference: '202611261234567ABCDEF' })
})

test('another text is no code of a slip, whatever it holds', () => {
  const payment = generate.anyId({ type: 'MSISDN', target: '0812345678', amount: 60 })
  const changed = SLIP.replace('ABCDEF', 'ABCDEG')
  const spaced = generate.slipVerify({ sendingBank: '014', transRef: "1'; drop table slips" })
  const marked = generate.slipVerify({ sendingBank: '014', transRef: '<b>123456</b>' })
  const short = generate.slipVerify({ sendingBank: '01', transRef: '202611261234567' })
  const long = generate.slipVerify({ sendingBank: '014', transRef: '9'.repeat(60) })
  const others = [
    '',
    '0041',
    'https://example.com/',
    '\u0000\u0001',
    'x'.repeat(5_000),
    'ก'.repeat(40),
    SLIP.slice(0, 30),
  ]
  for (const text of [payment, changed, spaced, marked, short, long, ...others]) expect(readSlipCode(text)).toBeNull()
})
