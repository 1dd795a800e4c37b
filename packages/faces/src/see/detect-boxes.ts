import { anchorAt } from '../networks/anchors.ts'
import type { Candidate } from './boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import { fitOnCanvas, type View } from './image/sample.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'

/** The network's strides; an input that is a multiple of it has no ragged grid cells in the heads that find faces. */
const CANVAS_STEP = 32

/**
 * One look of the detector at a view of the photo, shrunk (or enlarged) so that its longer side is `longSide` pixels.
 *
 * @param largeToo whether faces of more than some 100 pixels there are looked for as well
 * @returns every box whose score is at least `minScore`, in photo pixels, overlapping ones included
 */
export async function lookAt(
  runtime: FaceRuntime,
  photo: Pyramid,
  view: View,
  longSide: number,
  minScore: number,
  largeToo = true,
): Promise<Candidate[]> {
  const scale = longSide / Math.max(view.width, view.height)
  const width = Math.max(1, Math.round(view.width * scale))
  const height = Math.max(1, Math.round(view.height * scale))
  const [canvasWidth, canvasHeight] = [roundUp(width), roundUp(height)]
  const data = fitOnCanvas(photo, view, { width, height, canvasWidth, canvasHeight })
  const output = await runtime.detect({ data, count: 1, width: canvasWidth, height: canvasHeight }, largeToo)
  const place = { left: view.left, top: view.top, x: view.width / width, y: view.height / height, photo }
  return decodeBoxes(output, { width: canvasWidth, height: canvasHeight }, minScore, place)
}

const roundUp = (side: number): number => Math.ceil(side / CANVAS_STEP) * CANVAS_STEP

interface Placement {
  /** Where the input's top left corner lies in the photo. */
  left: number
  top: number
  /** Photo pixels per input pixel. */
  x: number
  y: number
  photo: { width: number; height: number }
}

/** From the network's numbers to boxes (SSD box coding with variances 0.1 and 0.2), cut at the photo's edges. */
export function decodeBoxes(
  { boxes, logits }: { boxes: Float32Array; logits: Float32Array },
  input: { width: number; height: number },
  minScore: number,
  place: Placement,
): Candidate[] {
  const minLogit = Math.log(minScore / (1 - minScore))
  const found: Candidate[] = []
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number
    if (logit < minLogit) continue
    const [y, x, h, w] = boxes.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number]
    const anchor = anchorAt(i, input.width, input.height)
    const [width, height] = [Math.exp(w / 5) * anchor.width, Math.exp(h / 5) * anchor.height]
    const [centreX, centreY] = [(x / 10) * anchor.width + anchor.x, (y / 10) * anchor.height + anchor.y]
    const box: Candidate = {
      left: Math.max(0, place.left + (centreX - width / 2) * place.x),
      top: Math.max(0, place.top + (centreY - height / 2) * place.y),
      right: Math.min(place.photo.width, place.left + (centreX + width / 2) * place.x),
      bottom: Math.min(place.photo.height, place.top + (centreY + height / 2) * place.y),
      score: 1 / (1 + Math.exp(-logit)),
      seenAt: Math.max(width, height),
    }
    if (box.right - box.left >= 1 && box.bottom - box.top >= 1) found.push(box)
  }
  return found
}
