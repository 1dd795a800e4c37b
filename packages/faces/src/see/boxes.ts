import type { Box } from '../types.ts'

/** A box by its edges. */
export interface Edges {
  left: number
  top: number
  right: number
  bottom: number
}

export const edgesOf = ({ x, y, width, height }: Box): Edges => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
})

/** A face the detector proposes, in pixels of the photo. */
export interface Candidate extends Edges {
  score: number
  /** Longer side of the box in pixels of the input the detector saw: how well it could place it. */
  seenAt: number
}

/** Intersection over union of two boxes of one picture, 0..1. */
export function overlap(a: Edges, b: Edges): number {
  const shared = intersection(a, b)
  return shared === 0 ? 0 : shared / (area(a) + area(b) - shared)
}

/** How much of the smaller box lies in the other, 0..1. */
export function containment(a: Edges, b: Edges): number {
  const shared = intersection(a, b)
  return shared === 0 ? 0 : shared / Math.min(area(a), area(b))
}

export const area = (box: Edges): number => (box.right - box.left) * (box.bottom - box.top)

function intersection(a: Edges, b: Edges): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width > 0 && height > 0 ? width * height : 0
}

/**
 * Non-maximum suppression without a cap: the best box of each group of overlapping ones, best first. A box is dropped when
 * it overlaps a better one by `MAX_OVERLAP`, or when one lies in the other and both are of similar size: the detector
 * often puts a second box around a mouth or a pair of eyes.
 */
export function suppress(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some(better => isSameFace(better, candidate))) kept.push(candidate)
  }
  return kept
}

const MAX_OVERLAP = 0.4
const MAX_CONTAINMENT = 0.75
const MAX_SIZE_RATIO = 8

function isSameFace(a: Candidate, b: Candidate): boolean {
  if (a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top) return false
  if (overlap(a, b) > MAX_OVERLAP) return true
  const ratio = area(a) / area(b)
  return ratio < MAX_SIZE_RATIO && ratio > 1 / MAX_SIZE_RATIO && containment(a, b) > MAX_CONTAINMENT
}
