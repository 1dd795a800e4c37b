import sharp from 'sharp'
import type { Pixels } from './pixels.ts'

/**
 * Pictures of every size are shrunk to this before: a blur that cannot be seen at this size does not count
 * (docs/decisions/0062).
 */
const LONG_SIDE = 1600
const TILE = 80
/** A tile whose neighbours differ less, in levels of grey, shows nothing to judge by: sky, wall, night. */
const LEAST_DETAIL = 1
/** The background of a photo may be soft, so its sharper parts decide. */
const SHARP_SHARE = 0.9
/** Every second row gives the same value in half the time. */
const ROW_STEP = 2
/** The second blur reaches this far to either side. */
const REACH = 4

/**
 * How sharp a photo is, 0 to 1: how much of the difference between neighbours is lost when the picture is blurred once more
 * (Crété-Roffet 2007, "The blur effect"). What is blurred already loses little. Movement blurs in one direction, so the
 * softer one counts.
 *
 * @returns null where the photo shows too little detail to judge
 */
export async function measureSharpness({ data, width, height }: Pixels): Promise<number | null> {
  const { data: grey, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const tiles: number[] = []
  for (let y = 0; y + TILE <= info.height; y += TILE) {
    for (let x = 0; x + TILE <= info.width; x += TILE) {
      const sharpness = sharpnessOfTile(grey, info, x, y)
      if (sharpness !== null) tiles.push(sharpness)
    }
  }
  if (tiles.length === 0) return null
  const sorted = tiles.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * SHARP_SHARE))]!
}

interface Size {
  width: number
  height: number
}

function sharpnessOfTile(grey: Uint8Array, { width, height }: Size, left: number, top: number): number | null {
  const at = (x: number, y: number) => grey[y * width + x]!
  let [across, acrossLost, down, downLost] = [0, 0, 0, 0]
  for (let y = Math.max(1, top); y < top + TILE; y += ROW_STEP) {
    for (let x = Math.max(1, left); x < left + TILE; x += 1) {
      const toLeft = Math.abs(at(x, y) - at(x - 1, y))
      const toTop = Math.abs(at(x, y) - at(x, y - 1))
      // What stays of the difference after a mean over 2 × REACH + 1 pixels: only its two ends do not cancel out.
      const [first, last] = [Math.max(0, x - REACH - 1), Math.min(width - 1, x + REACH)]
      const [upper, lower] = [Math.max(0, y - REACH - 1), Math.min(height - 1, y + REACH)]
      across += toLeft
      acrossLost += Math.max(0, toLeft - Math.abs(at(last, y) - at(first, y)) / (2 * REACH + 1))
      down += toTop
      downLost += Math.max(0, toTop - Math.abs(at(x, lower) - at(x, upper)) / (2 * REACH + 1))
    }
  }
  if ((across + down) / 2 / (TILE ** 2 / ROW_STEP) <= LEAST_DETAIL) return null
  return Math.min(acrossLost / (across || 1), downLost / (down || 1))
}
