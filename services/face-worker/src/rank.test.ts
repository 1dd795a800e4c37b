import { expect, test } from 'vitest'
import { rank } from './rank.ts'

const keys = Array.from({ length: 2_000 }, (_, n) => `event-${n}`)
const nodes = ['a', 'b', 'c', 'd']
const firsts = (among: string[]) => keys.map(key => rank(key, among)[0]!)

test('a key has one order of its nodes, however they are listed', () => {
  for (const key of keys.slice(0, 50)) {
    expect(rank(key, nodes.toReversed())).toEqual(rank(key, nodes))
    expect(rank(key, nodes).sort()).toEqual(nodes)
  }
})

test('keys spread evenly over the nodes', () => {
  for (const node of nodes) {
    const share = firsts(nodes).filter(first => first === node).length / keys.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
  }
})

test('a node that goes moves its own keys and no other, to their second choice', () => {
  const [before, after] = [firsts(nodes), firsts(['a', 'b', 'd'])]
  for (const [n, key] of keys.entries()) {
    expect(after[n]).toBe(before[n] === 'c' ? rank(key, nodes)[1] : before[n])
  }
})
