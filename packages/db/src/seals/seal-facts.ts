import type { Seal } from './seal-root.ts'

/** The facts of which the root of a seal is made, and the root, as statements carry them. */
export const sealFacts = ({ leaves: _leaves, positions: _positions, sealedAt, ...facts }: Seal) => ({
  ...facts,
  sealedAt: sealedAt.toISOString(),
})
