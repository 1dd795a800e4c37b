/**
 * The detector's anchor boxes, as `Output/extra_dim` of face-api's model has them for a 512 × 512 input, written as the
 * rule they follow so that any input size can be served: a grid per head, anchors of a fixed size in input pixels.
 */
const INPUT = 512
const STRIDES = [16, 32, 64, 128, 256, 512]
const SCALES = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1]
const RATIOS = [1, 2, 0.5, 3, 0.3333]

/** Centre and size of each anchor in input pixels: x, y, width, height by turns, in the order of the network's rows. */
export function boxAnchors(width: number, height: number): Float32Array {
  const numbers: number[] = []
  for (const [head, stride] of STRIDES.entries()) {
    const shapes = anchorShapes(head)
    const [columns, rows] = [Math.ceil(width / stride), Math.ceil(height / stride)]
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [x, y] = [(column + 0.5) * stride, (row + 0.5) * stride]
        for (const [anchorWidth, anchorHeight] of shapes) numbers.push(x, y, anchorWidth, anchorHeight)
      }
    }
  }
  return Float32Array.from(numbers)
}

/** Width and height of a head's anchors in pixels. The lowest head has three, the others five and one in between. */
function anchorShapes(head: number): [number, number][] {
  const scale = SCALES[head] as number
  if (head === 0) return [shaped(0.1, 1), shaped(scale, 2), shaped(scale, 0.5)]
  const between = Math.sqrt(scale * (SCALES[head + 1] as number))
  const [square, ...others] = RATIOS.map(ratio => shaped(scale, ratio)) as [[number, number], ...[number, number][]]
  return [square, shaped(between, 1), ...others]
}

/** Width and height of an anchor of `size` (1 = the input) whose width is `ratio` times its height. */
function shaped(size: number, ratio: number): [number, number] {
  return [size * INPUT * Math.sqrt(ratio), (size * INPUT) / Math.sqrt(ratio)]
}
