/**
 * What the camera says while somebody looks into it. It knows light and movement, not whether there is a face: so it
 * never praises.
 */
export type LiveHint = 'look' | 'light' | 'steady'

/** Mean luma (0..255) inside the oval below which a face is too dark to be found well. */
const DARK = 60
/** Mean change of luma between two looks above which the phone is still moving. */
const MOVING = 9

export interface Look {
  /** 0..255 */
  brightness: number
  /** Against the look before, 0..255. */
  change: number
}

/**
 * Brightness and steadiness of one small frame. Only the oval in the middle counts: the face, not the room behind it.
 *
 * @param pixels RGBA of the frame
 * @param before luma of the frame before, or null
 */
export function lookAt(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  before: Float32Array | null,
): Look & { luma: Float32Array } {
  const luma = new Float32Array(width * height)
  let sum = 0
  let change = 0
  let inside = 0
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x
      const red = pixels[at * 4] ?? 0
      const green = pixels[at * 4 + 1] ?? 0
      const blue = pixels[at * 4 + 2] ?? 0
      luma[at] = 0.299 * red + 0.587 * green + 0.114 * blue
      const across = (x / width - 0.5) / 0.32
      const down = (y / height - 0.43) / 0.33
      if (across * across + down * down > 1) continue
      inside += 1
      sum += luma[at]
      if (before) change += Math.abs(luma[at] - (before[at] ?? 0))
    }
  return { luma, brightness: sum / inside, change: before ? change / inside : 255 }
}

/** The one thing to say: light first, then hold still. */
export function hintFor({ brightness, change }: Look): LiveHint {
  if (brightness < DARK) return 'light'
  return change > MOVING ? 'steady' : 'look'
}
