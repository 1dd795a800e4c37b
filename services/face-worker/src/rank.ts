import { createHash } from 'node:crypto'

/**
 * Seats in the order in which a key prefers them, by rendezvous hashing: everybody who knows the same seats has the same
 * order, keys spread evenly, and a seat that comes or goes changes the first choice only of the keys it takes or leaves.
 */
export function rank(key: string, seats: readonly string[]): string[] {
  const weighed = seats.map(seat => ({ seat, weight: createHash('sha256').update(`${key} ${seat}`).digest('hex') }))
  return weighed.sort((a, b) => (a.weight < b.weight ? 1 : -1)).map(({ seat }) => seat)
}
