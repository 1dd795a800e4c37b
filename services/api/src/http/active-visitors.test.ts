import { expect, test } from 'vitest'
import { createActiveVisitors } from './active-visitors.ts'

test('a visitor counts once, and until the time since the last request is over', () => {
  const visitors = createActiveVisitors({ activeMs: 300, most: 10 })
  visitors.saw('a', 0)
  visitors.saw('b', 100)
  visitors.saw('a', 200)
  expect(visitors.count(400)).toBe(2)
  expect(visitors.count(401)).toBe(1)
  expect(visitors.count(501)).toBe(0)
})

test('above the most, who was silent longest is left out', () => {
  const visitors = createActiveVisitors({ activeMs: 300, most: 2 })
  visitors.saw('a', 0)
  visitors.saw('b', 1)
  visitors.saw('a', 2)
  visitors.saw('c', 3)
  expect(visitors.count(301)).toBe(2)
  expect(visitors.count(303)).toBe(1)
})
