import type { Similarity } from './image/sample.ts'

/** Side of the chip that SFace takes. */
export const FIVE_POINT_CHIP = 112

/** Where the network was taught to find eyes, nose and mouth corners on its chip (OpenCV, face_recognize.cpp). */
const TEMPLATE = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
] as const

/** Landmarks of the 68 whose mean is each of the five: the eyes' outlines, the tip of the nose, the mouth's corners. */
const FIVE = [range(36, 41), range(42, 47), [30], [48], [54]]

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/**
 * The rotation, scale and shift that lay the photo's face over the network's template, by least squares on the chip
 * (Umeyama, 1991).
 *
 * @param points 68 landmarks in photo pixels, x and y by turns
 * @returns from chip pixels to photo pixels
 */
export function alignToFivePoints(points: Float32Array): Similarity {
  const found = FIVE.map(places => ({
    x: mean(places.map(i => points[i * 2] as number)),
    y: mean(places.map(i => points[i * 2 + 1] as number)),
  }))
  const [fromX, fromY] = [mean(found.map(({ x }) => x)), mean(found.map(({ y }) => y))]
  const [toX, toY] = [mean(TEMPLATE.map(({ x }) => x)), mean(TEMPLATE.map(({ y }) => y))]
  let [along, across, spread] = [0, 0, 0]
  for (const [i, { x, y }] of TEMPLATE.entries()) {
    const { x: foundX, y: foundY } = found[i] as { x: number; y: number }
    const [u, v] = [foundX - fromX, foundY - fromY]
    along += u * (x - toX) + v * (y - toY)
    across += u * (y - toY) - v * (x - toX)
    spread += u ** 2 + v ** 2
  }
  // From photo to chip a turn and a scale, (along, across) / spread; its inverse is what is wanted.
  const size = along ** 2 + across ** 2
  const [a, b] = [(along * spread) / size, (-across * spread) / size]
  return { a, b, tx: fromX - a * toX + b * toY, ty: fromY - b * toX - a * toY }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
