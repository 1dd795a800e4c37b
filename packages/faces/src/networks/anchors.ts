/**
 * The detector's anchor boxes, as `Output/extra_dim` of face-api's model has them for a 512 × 512 input, written as the
 * rule they follow so that any input size can be served: a grid per head, anchors of a fixed size in input pixels.
 */
const INPUT = 512
const STRIDES = [16, 32, 64, 128, 256, 512]
const SCALES = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1]
const RATIOS = [1, 2, 0.5, 3, 0.3333]

interface Anchor {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Centre and size of an anchor in input pixels. Few of the thousands are ever asked for: those where something is seen.
 *
 * @param row of the network's outputs, for an input of `width` × `height`
 * @throws RangeError when there are not so many
 */
export function anchorAt(row: number, width: number, height: number): Anchor {
  let first = 0
  for (const [head, stride] of STRIDES.entries()) {
    const shapes = SHAPES[head] as [number, number][]
    const [columns, rows] = [Math.ceil(width / stride), Math.ceil(height / stride)]
    const next = first + columns * rows * shapes.length
    if (row < next) {
      const cell = Math.floor((row - first) / shapes.length)
      const shape = shapes[(row - first) % shapes.length] as [number, number]
      const [x, y] = [((cell % columns) + 0.5) * stride, (Math.floor(cell / columns) + 0.5) * stride]
      return { x, y, width: shape[0], height: shape[1] }
    }
    first = next
  }
  throw new RangeError(`anchor ${row} of ${first}`)
}

/** Width and height of a head's anchors in pixels. The lowest head has three, the others five and one in between. */
function anchorShapes(head: number): [number, number][] {
  const scale = SCALES[head] as number
  if (head === 0) return [shaped(0.1, 1), shaped(scale, 2), shaped(scale, 0.5)]
  const between = Math.sqrt(scale * (SCALES[head + 1] as number))
  const [square, ...others] = RATIOS.map(ratio => shaped(scale, ratio)) as [[number, number], ...[number, number][]]
  return [square, shaped(between, 1), ...others]
}

/** Width and height of an anchor of `size` (1 = the input) whose width is `ratio` times its height, as 32-bit numbers. */
function shaped(size: number, ratio: number): [number, number] {
  return [Math.fround(size * INPUT * Math.sqrt(ratio)), Math.fround((size * INPUT) / Math.sqrt(ratio))]
}

const SHAPES = STRIDES.map((_, head) => anchorShapes(head))
