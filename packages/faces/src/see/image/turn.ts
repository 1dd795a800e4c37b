import type { RawImage } from '../../types.ts'

/** How often a picture is turned by a right angle, clockwise. */
export type Quarters = 1 | 2 | 3

export function turn({ width, height, data }: RawImage, quarters: Quarters): RawImage {
  const turned = quarters === 2 ? { width, height } : { width: height, height: width }
  const out = new Uint8Array(data.length)
  // Where the pixel at the top left goes, and how far from it each next one to the right and below.
  const [start, right, down] = {
    1: [turned.width - 1, turned.width, -1],
    2: [width * height - 1, -1, -width],
    3: [(turned.height - 1) * turned.width, -turned.width, 1],
  }[quarters] as [number, number, number]
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = (start + y * down) * 3; x < width; x++, from += 3, to += right * 3) {
      out[to] = data[from] as number
      out[to + 1] = data[from + 1] as number
      out[to + 2] = data[from + 2] as number
    }
  }
  return { ...turned, data: out }
}

/** A relative point of a turned picture, where it was before. */
export function turnBack([x, y]: readonly [number, number], quarters: Quarters): [number, number] {
  if (quarters === 1) return [y, 1 - x]
  return quarters === 2 ? [1 - x, 1 - y] : [1 - y, x]
}
