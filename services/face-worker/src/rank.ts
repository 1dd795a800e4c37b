import { createHash } from 'node:crypto'

/**
 * Nodes in the order in which a key prefers them, by rendezvous hashing: everybody who knows the same nodes has the same
 * order, keys spread evenly, and a node that comes or goes changes the first choice only of the keys it takes or leaves.
 */
export function rank(key: string, nodes: readonly string[]): string[] {
  const weighed = nodes.map(node => ({ node, weight: createHash('sha256').update(`${key} ${node}`).digest('hex') }))
  return weighed.sort((a, b) => (a.weight < b.weight ? 1 : -1)).map(({ node }) => node)
}
