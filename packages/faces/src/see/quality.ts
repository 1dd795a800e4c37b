import { CHIP_SIZE } from './align.ts'
import type { Similarity } from './image/sample.ts'

/** What makes a face easy or hard to distinguish from others; each 0 (useless) to 1 (as good as it gets). */
export interface QualityParts {
  size: number
  sharpness: number
  light: number
  pose: number
}

/** Width of the mean face on a chip: 150 px less the margins. */
const FACE_ON_CHIP = 100

const ramp = (value: number, zero: number, one: number): number =>
  Math.min(1, Math.max(0, (value - zero) / (one - zero)))

/** The geometric mean: one part that is useless makes the whole useless. */
export function quality(parts: QualityParts): number {
  return (parts.size * parts.sharpness * parts.light * parts.pose) ** 0.25
}

/**
 * @param chip aligned 150 × 150 RGB
 * @param transform how the chip was cut: gives the face's size in the photo
 * @param points 68 landmarks in photo pixels
 */
export function measureQuality(chip: Uint8Array, transform: Similarity, points: Float32Array): QualityParts {
  const faceWidth = FACE_ON_CHIP * Math.hypot(transform.a, transform.b)
  const { sharpness, light } = measurePixels(chip)
  return { size: ramp(faceWidth, 12, 90), sharpness, light, pose: frontality(transform, points) }
}

/** Detail against contrast, and exposure, of the inner face. */
function measurePixels(chip: Uint8Array): { sharpness: number; light: number } {
  const [from, to, reach] = [35, 115, 2]
  const grey = greyOf(chip)
  let [sum, squares, detail, count] = [0, 0, 0, 0]
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const at = y * CHIP_SIZE + x
      const here = grey[at] as number
      const around =
        (grey[at - reach] as number) +
        (grey[at + reach] as number) +
        (grey[at - reach * CHIP_SIZE] as number) +
        (grey[at + reach * CHIP_SIZE] as number)
      sum += here
      squares += here * here
      detail += Math.abs(4 * here - around)
      count++
    }
  }
  const mean = sum / count
  const spread = Math.sqrt(Math.max(0, squares / count - mean * mean))
  const sharpness = ramp(detail / count / Math.max(spread, 4), 0.1, 0.6)
  return { sharpness, light: Math.min(ramp(mean, 15, 70), 1 - 0.7 * ramp(mean, 200, 245), ramp(spread, 4, 22)) }
}

/** The chip's brightness, pixel by pixel. */
function greyOf(chip: Uint8Array): Float64Array {
  const grey = new Float64Array(CHIP_SIZE * CHIP_SIZE)
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = 0.299 * (chip[at] as number) + 0.587 * (chip[at + 1] as number) + 0.114 * (chip[at + 2] as number)
  }
  return grey
}

/** 1 for a face seen from the front, 0 for a profile: where the nose lies between the eyes, and between eyes and mouth. */
function frontality({ a, b }: Similarity, points: Float32Array): number {
  // Only directions matter here: photo to chip axes is the transposed rotation.
  const chipX = (i: number): number => a * (points[i * 2] as number) + b * (points[i * 2 + 1] as number)
  const chipY = (i: number): number => a * (points[i * 2 + 1] as number) - b * (points[i * 2] as number)
  const [nose, leftEye, rightEye] = [chipX(30), chipX(36), chipX(45)]
  const yaw = Math.abs(nose - (leftEye + rightEye) / 2) / Math.max(1e-6, rightEye - leftEye)
  const eyes = (chipY(36) + chipY(39) + chipY(42) + chipY(45)) / 4
  const mouth = (chipY(48) + chipY(54)) / 2
  const pitch = Math.abs((chipY(30) - eyes) / Math.max(1e-6, mouth - eyes) - 0.55)
  return Math.min(1 - ramp(yaw, 0.08, 0.7), 1 - ramp(pitch, 0.12, 0.8))
}
