import { anchorAt } from '../networks/anchors.ts'
import { LARGE_TOO } from '../networks/detector.ts'
import type { Candidate } from './boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import type { View } from './image/sample.ts'
import { inPhoto, viewOnCanvas, type Canvas } from './view-on-canvas.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'

/**
 * One look of face-api's detector at a view of the photo, its longer side `longSide` pixels.
 *
 * @param largeToo whether faces of more than some 100 pixels there are looked for as well, which costs a sixth of it
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
  const canvas = viewOnCanvas(photo, view, longSide)
  const [boxes, logits] = await runtime.run('detector', canvas.pixels, largeToo ? [LARGE_TOO] : [])
  return decodeBoxes(boxes as Float32Array, logits as Float32Array, canvas, minScore)
}

/** From the network's numbers to boxes (SSD box coding with variances 0.1 and 0.2). */
function decodeBoxes(boxes: Float32Array, logits: Float32Array, canvas: Canvas, minScore: number): Candidate[] {
  const minLogit = Math.log(minScore / (1 - minScore))
  const found: Candidate[] = []
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number
    if (logit < minLogit) continue
    const [y, x, h, w] = boxes.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number]
    const anchor = anchorAt(i, canvas.pixels.width, canvas.pixels.height)
    const box = inPhoto(canvas, {
      centreX: (x / 10) * anchor.width + anchor.x,
      centreY: (y / 10) * anchor.height + anchor.y,
      width: Math.exp(w / 5) * anchor.width,
      height: Math.exp(h / 5) * anchor.height,
      score: 1 / (1 + Math.exp(-logit)),
    })
    if (box) found.push(box)
  }
  return found
}
