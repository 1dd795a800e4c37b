import type { Seal } from './seal-root.ts'

/** What the root of a seal is made of, and the root, as statements carry it. */
export const sealFacts = ({ leaves: _leaves, positions: _positions, sealedAt, ...facts }: Seal) => ({
  ...facts,
  sealedAt: sealedAt.toISOString(),
})
