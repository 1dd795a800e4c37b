import { createHash } from 'node:crypto'

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/** The hash of what a leaf of the tree stands for (RFC 9162, 2.1.1: a leaf can be mistaken for no inner node). */
export const leafHash = (text: string): Buffer => sha256(LEAF, text)

/** The root of the Merkle tree over these leaves in their order, as RFC 9162 builds it. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  let row = [...leaves]
  while (row.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at]!, row[at + 1]]
      above.push(right === undefined ? left : sha256(NODE, left, right))
    }
    row = above
  }
  return row[0]!
}
