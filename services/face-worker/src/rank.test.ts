import { expect, test } from 'vitest'
import { rank } from './rank.ts'

const keys = Array.from({ length: 2_000 }, (_, n) => `event-${n}`)
const seats = ['a', 'b', 'c', 'd']
const firsts = (among: string[]) => keys.map(key => rank(key, among)[0]!)

test('a key has one order of its seats, however they are listed', () => {
  for (const key of keys.slice(0, 50)) {
    expect(rank(key, seats.toReversed())).toEqual(rank(key, seats))
    expect(rank(key, seats).sort()).toEqual(seats)
  }
})

test('keys spread evenly over the seats', () => {
  for (const seat of seats) {
    const share = firsts(seats).filter(first => first === seat).length / keys.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
  }
})

test('a seat that goes moves its own keys and no other, to their second choice', () => {
  const [before, after] = [firsts(seats), firsts(['a', 'b', 'd'])]
  for (const [n, key] of keys.entries()) {
    expect(after[n]).toBe(before[n] === 'c' ? rank(key, seats)[1] : before[n])
  }
})
