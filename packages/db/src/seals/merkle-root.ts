import { hash } from 'node:crypto'

/** One call, which leaves no object behind: a check of the ledger makes some seven for each posting. */
const sha256 = (bytes: Buffer | string): Buffer => hash('sha256', bytes, 'buffer')

const LEAF = '\0'
const NODE = 1
const HASH_BYTES = 32

/**
 * The hash of the text of a leaf. It begins otherwise than that of an inner node, so neither can stand for the other
 * (RFC 9162, 2.1.1).
 */
export const leafHash = (text: string): Buffer => sha256(LEAF + text)

function nodeHash(left: Buffer, right: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(1 + 2 * HASH_BYTES)
  bytes[0] = NODE
  left.copy(bytes, 1)
  right.copy(bytes, 1 + HASH_BYTES)
  return sha256(bytes)
}

/** The rows of a tree from its leaves up to its root, as RFC 9162 builds it. */
function rowsOver(leaves: readonly Buffer[]): Buffer[][] {
  const rows = [[...leaves]]
  for (let row = rows[0]!; row.length > 1; rows.push(row)) {
    const above: Buffer[] = []
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at]!, row[at + 1]]
      above.push(right === undefined ? left : nodeHash(left, right))
    }
    row = above
  }
  return rows
}

/** The root of the Merkle tree over these leaves in their order, as RFC 9162 builds it. */
export const merkleRoot = (leaves: readonly Buffer[]): Buffer => rowsOver(leaves).at(-1)![0] ?? sha256('')

/** What is hashed with a node on the way from a leaf to the root. */
export interface Sibling {
  side: 'left' | 'right'
  /** SHA-256, hex. */
  hash: string
}

/**
 * Hashes a tree once for the paths of any of its leaves.
 *
 * @returns the nodes that lead from the leaf of an index to the root of its tree, from the leaf up
 */
export function merklePaths(leaves: readonly Buffer[]): (index: number) => Sibling[] {
  const rows = rowsOver(leaves).slice(0, -1)
  return index =>
    rows.flatMap((row, height): Sibling[] => {
      const at = index >> height
      const beside = row[at ^ 1]
      return beside ? [{ side: at % 2 === 1 ? 'left' : 'right', hash: beside.toString('hex') }] : []
    })
}
