import { createHash } from 'node:crypto'
import type { seals } from '../schema/seals.ts'
import { canonical } from './canonical.ts'

export type Seal = typeof seals.$inferSelect

/** What the first seal has for the root of the one before. */
export const NO_ROOT = '0'.repeat(64)

/** The root of a seal: SHA-256 of its canonical JSON, in which the root of the seal before is. */
export function sealRoot(seal: Omit<Seal, 'root' | 'leaves' | 'positions'>): string {
  const { kind, number, firstPosition, lastPosition, format, treeRoot, previousRoot, sealedAt } = seal
  const payload = {
    kind,
    number,
    firstPosition,
    lastPosition,
    format,
    treeRoot,
    previousRoot,
    sealedAt: sealedAt.toISOString(),
  }
  return createHash('sha256').update(canonical(payload)).digest('hex')
}
