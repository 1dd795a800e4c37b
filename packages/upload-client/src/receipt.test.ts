import { expect, test } from 'vitest'
import { receiptText } from './receipt.ts'

test('a receipt is a list that sha256sum reads, in the order of names', () => {
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  const files = [
    { name: '101/IMG_2.JPG', sha256: b },
    { name: '101/IMG_1.JPG', sha256: a },
  ]
  expect(receiptText(files)).toBe(`${a}  101/IMG_1.JPG\n${b}  101/IMG_2.JPG\n`)
  expect(receiptText([])).toBe('')
})
