import type { Box } from '@pix/faces/types.ts'

/**
 * The hint that the camera shows, one at a time. Without an engine it knows light and movement,
 * not whether there is a face: so it never praises. `good` is said of a face that was found.
 */
export type LiveHint = 'look' | 'light' | 'steady' | 'alone' | 'closer' | 'inside' | 'good'

/** Mean luma (0..255) below which a face is too dark to be found well. */
const DARK = 60
/** Mean change of luma between two looks above which the phone is still moving. */
const MOVING = 9
/** Narrowest face, as a share of the picture's width, that is worth a picture. */
const NEAR = 0.28
/** A face of less than this share of the largest one's area is somebody in the background. */
const BACKGROUND = 0.2
/** The frame that is drawn over the picture (CameraTarget), in shares of its sides: the middle of a face lies in it. */
const FRAME = { left: 0.13, top: 0.145, right: 0.87, bottom: 0.78 }

/** The small picture in which light and movement are measured. */
export const SMALL = { width: 32, height: 40 }

export interface Look {
  /** 0..255 at each pixel of the small picture. */
  luma: Float32Array
  /** Against the look before, 0..255; as large as it can be for the first. */
  change: number
}

/** Whether a point, relative to the picture, is in the oval that the camera shows for the face. */
const inOval = (x: number, y: number): boolean => ((x - 0.5) / 0.32) ** 2 + ((y - 0.43) / 0.33) ** 2 <= 1
const inBox =
  ({ x: left, y: top, width, height }: Box) =>
  (x: number, y: number): boolean =>
    x >= left && y >= top && x <= left + width && y <= top + height

/**
 * Light and steadiness of one small picture. Only movement in the oval in the middle counts: of the face, not of the room
 * behind it.
 *
 * @param pixels RGBA of the small picture
 */
export function lookAt(pixels: Uint8ClampedArray, before: Look | null): Look {
  const luma = new Float32Array(SMALL.width * SMALL.height)
  for (let at = 0; at < luma.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 4, at * 4 + 3)
    luma[at] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  const changes = before && luma.map((value, at) => Math.abs(value - (before.luma[at] ?? 0)))
  return { luma, change: changes ? meanWhere(changes, inOval) : 255 }
}

/** The mean over those pixels of the small picture whose middle lies in a part of it; 0 for a part without pixels. */
function meanWhere(values: Float32Array, isIn: (x: number, y: number) => boolean): number {
  let [total, count] = [0, 0]
  for (const [at, value] of values.entries()) {
    const [x, y] = [((at % SMALL.width) + 0.5) / SMALL.width, (Math.floor(at / SMALL.width) + 0.5) / SMALL.height]
    if (!isIn(x, y)) continue
    total += value
    count += 1
  }
  return count === 0 ? 0 : total / count
}

/**
 * The one thing to say: first what keeps a face from being found, then what makes its picture better.
 *
 * @param faces relative to the picture, largest first; null while no engine looks for faces
 */
export function hintFor({ luma, change }: Look, faces: readonly Box[] | null): LiveHint {
  const [face, second] = faces ?? []
  if (!face) return meanWhere(luma, inOval) < DARK ? 'light' : faces || change <= MOVING ? 'look' : 'steady'
  if (second && second.width * second.height >= face.width * face.height * BACKGROUND) return 'alone'
  if (face.width < NEAR) return 'closer'
  const [x, y] = [face.x + face.width / 2, face.y + face.height / 2]
  if (x < FRAME.left || x > FRAME.right || y < FRAME.top || y > FRAME.bottom) return 'inside'
  if (meanWhere(luma, inBox(face)) < DARK) return 'light'
  return change > MOVING ? 'steady' : 'good'
}
