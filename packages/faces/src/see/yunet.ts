import { area, suppress, type Candidate } from './boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import type { View } from './image/sample.ts'
import { inPhoto, viewOnCanvas, type Canvas } from './view-on-canvas.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'

/** Longer side of the look that every photo pays for, and of the one where it shows small faces. */
const FIRST_LOOK = 640
const CLOSER_LOOK = 1600
/** Faces of fewer pixels in the first look are better seen in the closer one. */
const SMALL = 20
/** What the first look must say of a small face for the closer one to be worth its cost. */
const HINT = 0.3
/** The least score of a face. That of a large one is higher: below it are hands, knees and letters. */
const MIN_SCORE = 0.5
const LARGE = 90
const MIN_SCORE_LARGE = 0.7
/** Smaller faces, in pixels of the photo, distinguish nobody. */
export const LEAST_SIDE = 14

/** Boxes of all faces in a photo, largest first. */
export async function findFacesWithYunet(runtime: FaceRuntime, photo: Pyramid): Promise<Candidate[]> {
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height }
  const found = await lookWithYunet(runtime, photo, whole, FIRST_LOOK, HINT)
  if (found.some(({ seenAt }) => seenAt < SMALL) && Math.max(photo.width, photo.height) > FIRST_LOOK) {
    found.push(...(await lookWithYunet(runtime, photo, whole, CLOSER_LOOK, MIN_SCORE)))
  }
  const sure = found.filter(({ score, seenAt }) => score >= (seenAt >= LARGE ? MIN_SCORE_LARGE : MIN_SCORE))
  return suppress(sure)
    .filter(({ left, top, right, bottom }) => Math.max(right - left, bottom - top) >= LEAST_SIDE)
    .toSorted((a, b) => area(b) - area(a))
}

/** The grids' cells in pixels of the input. */
const STRIDES = [8, 16, 32]

/**
 * One look of YuNet at a view of the photo, its longer side `longSide` pixels.
 *
 * @returns every box whose score is at least `minScore`, in photo pixels, overlapping ones included
 */
export async function lookWithYunet(
  runtime: FaceRuntime,
  photo: Pyramid,
  view: View,
  longSide: number,
  minScore: number,
): Promise<Candidate[]> {
  const canvas = viewOnCanvas(photo, view, longSide)
  const [classes, objects, boxes] = await runtime.run('yunet', canvas.pixels)
  return decode(classes as Float32Array, objects as Float32Array, boxes as Float32Array, canvas, minScore)
}

/**
 * Per cell two logits, whose sigmoids' geometric mean is the score, and a box: its centre from the cell's corner in
 * cells, and the logarithms of its sides in cells.
 */
function decode(
  classes: Float32Array,
  objects: Float32Array,
  boxes: Float32Array,
  canvas: Canvas,
  minScore: number,
): Candidate[] {
  // Neither factor of the score can be below its square.
  const least = Math.log(minScore ** 2 / (1 - minScore ** 2))
  const found: Candidate[] = []
  let row = 0
  for (const stride of STRIDES) {
    const [columns, rows] = [canvas.pixels.width / stride, canvas.pixels.height / stride]
    for (let cell = 0; cell < columns * rows; cell++, row++) {
      if ((classes[row] as number) < least || (objects[row] as number) < least) continue
      const score = Math.sqrt(sigmoid(classes[row] as number) * sigmoid(objects[row] as number))
      if (score < minScore) continue
      const [x, y, w, h] = boxes.subarray(row * 4, row * 4 + 4) as unknown as [number, number, number, number]
      const [width, height] = [Math.exp(w) * stride, Math.exp(h) * stride]
      const [centreX, centreY] = [((cell % columns) + x) * stride, (Math.floor(cell / columns) + y) * stride]
      const box = inPhoto(canvas, { centreX, centreY, width, height, score })
      if (box) found.push(box)
    }
  }
  return found
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
