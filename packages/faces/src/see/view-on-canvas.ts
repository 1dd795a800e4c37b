import type { Candidate } from './boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import { fitOnCanvas, type View } from './image/sample.ts'
import type { PixelBatch } from '../runtimes/runtime.ts'

/** Both detectors' strides: an input that is a multiple of it has no ragged grid cells where faces are found. */
const CANVAS_STEP = 32

/** A view of a photo as a detector takes it: in the top left of a canvas whose sides suit the network. */
export interface Canvas {
  pixels: PixelBatch
  /** Where its top left corner lies in the photo, and photo pixels per pixel of it. */
  left: number
  top: number
  x: number
  y: number
  photo: { width: number; height: number }
}

/** The view shrunk, or enlarged, so that its longer side is `longSide` pixels. */
export function viewOnCanvas(photo: Pyramid, view: View, longSide: number): Canvas {
  const scale = longSide / Math.max(view.width, view.height)
  const width = Math.max(1, Math.round(view.width * scale))
  const height = Math.max(1, Math.round(view.height * scale))
  const [canvasWidth, canvasHeight] = [roundUp(width), roundUp(height)]
  const data = fitOnCanvas(photo, view, { width, height, canvasWidth, canvasHeight })
  const pixels = { data, count: 1, width: canvasWidth, height: canvasHeight }
  return { pixels, left: view.left, top: view.top, x: view.width / width, y: view.height / height, photo }
}

const roundUp = (side: number): number => Math.ceil(side / CANVAS_STEP) * CANVAS_STEP

interface SeenBox {
  centreX: number
  centreY: number
  width: number
  height: number
  score: number
}

/** A box seen on a canvas, in photo pixels, cut at the photo's edges; undefined where nothing of it is left. */
export function inPhoto(
  { left, top, x, y, photo }: Omit<Canvas, 'pixels'>,
  { centreX, centreY, width, height, score }: SeenBox,
): Candidate | undefined {
  const box: Candidate = {
    left: Math.max(0, left + (centreX - width / 2) * x),
    top: Math.max(0, top + (centreY - height / 2) * y),
    right: Math.min(photo.width, left + (centreX + width / 2) * x),
    bottom: Math.min(photo.height, top + (centreY + height / 2) * y),
    score,
    seenAt: Math.max(width, height),
  }
  return box.right - box.left >= 1 && box.bottom - box.top >= 1 ? box : undefined
}
