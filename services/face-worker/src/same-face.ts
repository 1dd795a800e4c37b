import type { Box } from '@pix/faces/types.ts'

/** With so much overlap two boxes are of one face: detectors draw them of different sizes. */
export const SAME_FACE = 0.2

/** Intersection over union of two boxes of one picture, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const shared = Math.max(width, 0) * Math.max(height, 0)
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared)
}
