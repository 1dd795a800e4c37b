import { expect, test } from 'vitest'
import { behindAfter } from './slow-requests.ts'

test('who keeps the least rate is never behind, and who was quick has no credit', () => {
  expect(behindAfter(0, 500, 1_000, 2_000)).toBe(0)
  expect(behindAfter(0, 500, 50_000_000, 2_000)).toBe(0)
  expect(behindAfter(0, 500, 0, 2_000)).toBe(500)
  expect(behindAfter(500, 500, 500, 2_000)).toBe(750)
  expect(behindAfter(750, 500, 4_000, 2_000)).toBe(0)
})
