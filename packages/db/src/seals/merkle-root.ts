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

/** What is hashed with a node on the way from a leaf to the root. */
export interface Sibling {
  side: 'left' | 'right'
  /** SHA-256, hex. */
  hash: string
}

/** The nodes that lead from a leaf to the root of its tree, from the leaf up. */
export function merklePath(leaves: readonly Buffer[], index: number): Sibling[] {
  const path: Sibling[] = []
  let row = [...leaves]
  for (let at = index; row.length > 1; at = Math.floor(at / 2)) {
    const beside = row[at ^ 1]
    if (beside !== undefined) path.push({ side: at % 2 === 1 ? 'left' : 'right', hash: beside.toString('hex') })
    const above: Buffer[] = []
    for (let left = 0; left < row.length; left += 2)
      above.push(row[left + 1] === undefined ? row[left]! : sha256(NODE, row[left]!, row[left + 1]!))
    row = above
  }
  return path
}
