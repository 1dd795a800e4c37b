import type { Pixels } from './pixels.ts'

/** So many of the darkest and of the brightest pixels may become black and white. */
const LEFT_OUT = 0.005
/** Of 255. Darker than this nothing is cut off, so that night stays night. */
const MOST_CUT = 16
const MOST_GAIN = 1.25
/** From the darkest to the brightest, of 255: such a picture has contrast enough. */
const FULL = 240
/** Where the middle of the brightness is lifted to, of 255, and by how much at most. */
const MIDDLE = 110
const MOST_GAMMA = 1.3
/** Every so manieth pixel is counted. */
const STEP = 8

/**
 * A flat or dark picture with more contrast and light, within narrow bounds: one curve for all pixels and colours, made
 * from the picture's own brightness. A picture that needs nothing is returned as it is. The given pixels are never changed.
 */
export function enhancePicture(picture: Pixels): Pixels {
  const curve = curveOf(countBrightness(picture))
  if (curve.every((to, from) => to === from)) return picture
  const data = Buffer.allocUnsafe(picture.data.length)
  for (let at = 0; at < data.length; at += 1) data[at] = curve[picture.data[at]!]!
  return { ...picture, data }
}

/** How many of the counted pixels have each brightness (Rec. 709). */
function countBrightness({ data }: Pixels): Uint32Array {
  const counts = new Uint32Array(256)
  for (let at = 0; at + 2 < data.length; at += 3 * STEP) {
    const brightness = (data[at]! * 54 + data[at + 1]! * 183 + data[at + 2]! * 19) >> 8
    counts[brightness]! += 1
  }
  return counts
}

/** What each value from 0 to 255 becomes; it never falls. */
function curveOf(counts: Uint32Array): Uint8Array {
  const [darkest, brightest] = [brightnessAt(counts, LEFT_OUT), brightnessAt(counts, 1 - LEFT_OUT)]
  const isFlat = brightest - darkest < FULL
  const low = isFlat ? Math.min(darkest, MOST_CUT) : 0
  const gain = isFlat ? Math.min(MOST_GAIN, 255 / Math.max(1, brightest - low)) : 1
  const stretch = (value: number) => Math.min(1, Math.max(0, ((value - low) * gain) / 255))
  const middle = stretch(brightnessAt(counts, 0.5))
  const wanted = middle > 0 && middle < MIDDLE / 255 ? Math.log(middle) / Math.log(MIDDLE / 255) : 1
  const gamma = Math.min(MOST_GAMMA, Math.max(1, wanted))
  return Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * stretch(value) ** (1 / gamma)))
}

/** The brightness that this share of the counted pixels does not exceed. */
function brightnessAt(counts: Uint32Array, share: number): number {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share
  let seen = 0
  for (const [brightness, count] of counts.entries()) {
    seen += count
    if (seen >= wanted && seen > 0) return brightness
  }
  return 255
}
