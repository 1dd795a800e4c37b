import { expect, test } from 'vitest'
import { rangeWords, shareWords } from './range-words.ts'

test('a share is one number where all kinds of event have it, and from the least to the most else', () => {
  expect(shareWords({ leastBp: 5_000, mostBp: 5_000 })).toBe('50%')
  expect(shareWords({ leastBp: 4_250, mostBp: 5_500 })).toBe('42.5–55%')
  expect(rangeWords(100, 200, satang => `฿${satang / 100}`)).toBe('฿1–฿2')
})
