import type { Similarity } from './image/sample.ts'

/** Side of the aligned chip the embedder takes, and the margin dlib leaves around the mean face (both sides). */
export const CHIP_SIZE = 150
const PADDING = 0.25

/** dlib's mean face (image_transforms/interpolation.h), landmarks 17 to 67, in units of the face. */
const MEAN_X = [
  0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004, 0.490127,
  0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122, 0.265825, 0.334606,
  0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149, 0.340985, 0.428858, 0.490127,
  0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532, 0.338094, 0.290379, 0.428096, 0.490127,
  0.552157, 0.689874, 0.553364, 0.490127, 0.42689,
]
const MEAN_Y = [
  0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454, 0.203352,
  0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758, 0.179852,
  0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233, 0.745405,
  0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281, 0.902192, 0.864805, 0.784792,
  0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182,
]

/** Landmarks that move little with expression: nose, eyes, upper lip. dlib leaves out eyebrows and the lower lip too. */
const STEADY = [...range(27, 54), ...range(60, 64)]

const MEAN_SHAPE = STEADY.map(i => ({
  i,
  x: ((PADDING + (MEAN_X[i - 17] as number)) / (2 * PADDING + 1)) * CHIP_SIZE,
  y: ((PADDING + (MEAN_Y[i - 17] as number)) / (2 * PADDING + 1)) * CHIP_SIZE,
}))

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/**
 * The rotation, scale and shift that lay the photo's face over dlib's mean face, by least squares.
 *
 * @param points 68 landmarks in photo pixels, x and y by turns
 * @returns from chip pixels to photo pixels
 */
export function alignToMeanFace(points: Float32Array): Similarity {
  const count = MEAN_SHAPE.length
  let [meanX, meanY, pointX, pointY] = [0, 0, 0, 0]
  for (const { i, x, y } of MEAN_SHAPE) {
    meanX += x / count
    meanY += y / count
    pointX += (points[i * 2] as number) / count
    pointY += (points[i * 2 + 1] as number) / count
  }
  let [along, across, spread] = [0, 0, 0]
  for (const { i, x, y } of MEAN_SHAPE) {
    const [fromX, fromY] = [x - meanX, y - meanY]
    const [toX, toY] = [(points[i * 2] as number) - pointX, (points[i * 2 + 1] as number) - pointY]
    along += fromX * toX + fromY * toY
    across += fromX * toY - fromY * toX
    spread += fromX ** 2 + fromY ** 2
  }
  const [a, b] = [along / spread, across / spread]
  return { a, b, tx: pointX - a * meanX + b * meanY, ty: pointY - b * meanX - a * meanY }
}

/** The same chip seen in a mirror, `size` pixels square, written into `out`. */
export function mirror(chip: Uint8Array, size: number, out: Uint8Array): void {
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [from, to] = [(y * size + x) * 3, (y * size + size - 1 - x) * 3]
      out[to] = chip[from] as number
      out[to + 1] = chip[from + 1] as number
      out[to + 2] = chip[from + 2] as number
    }
  }
}
