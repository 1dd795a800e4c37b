import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { seals } from '../schema/seals.ts'
import { leafHash } from './merkle-root.ts'
import type { SealableRow } from './kinds.ts'

export type Seal = typeof seals.$inferSelect

/** What the first seal has for the root of the one before. */
export const NO_ROOT = '0'.repeat(64)

/** Canonical JSON (RFC 8785): the same fields are always the same bytes. */
function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('what is sealed has no JSON')
  return text
}

/** The leaf of a row. */
export const leafOf = ({ fields }: SealableRow): Buffer => leafHash(canonical(fields))

/** The root of a seal: SHA-256 of its canonical JSON, in which the root of the seal before is. */
export function sealRoot(seal: Omit<Seal, 'root' | 'leaves' | 'positions'>): string {
  const { kind, number, firstPosition, lastPosition, format, treeRoot, previousRoot, sealedAt } = seal
  const told = {
    kind,
    number,
    firstPosition,
    lastPosition,
    format,
    treeRoot,
    previousRoot,
    sealedAt: sealedAt.toISOString(),
  }
  return createHash('sha256').update(canonical(told)).digest('hex')
}
