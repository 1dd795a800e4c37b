import type { RawImage } from '../../types.ts'
import type { Pyramid } from './pyramid.ts'

/**
 * Where a picture's pixels come from: output (x, y), in pixels with centres at .5, is taken from source
 * (a·x − b·y + tx, b·x + a·y + ty): scale and rotation, no shear.
 */
export interface Similarity {
  a: number
  b: number
  tx: number
  ty: number
}

/** Fixed-point bilinear weights: 8 bits each, so that products of two and a pixel stay below 2^31. */
const ONE = 256

/**
 * Fills `out` (size × size × 3) with what `transform` finds in the photo; black outside of it. Shrinking reads from the
 * pyramid level at most two times finer, and averages 2 × 2 samples per pixel there, so nothing aliases.
 */
export function sampleSquare(source: Pyramid, transform: Similarity, size: number, out: Uint8Array): void {
  const shrink = Math.hypot(transform.a, transform.b)
  const { image, factor } = source.level(shrink)
  const local: Similarity = {
    a: transform.a / factor,
    b: transform.b / factor,
    tx: transform.tx / factor,
    ty: transform.ty / factor,
  }
  // Twice the samples along both sides, then their mean, where the chip is coarser than the level.
  const fine = shrink / factor > 1.4 ? 2 : 1
  if (isWhollyInside(image, local, size)) sampleInside(image, local, size, fine, out)
  else sampleAcrossEdge(image, local, size, fine, out)
}

/** Whether every sample has its four neighbours in the image: the square's corners decide. */
function isWhollyInside({ width, height }: RawImage, { a, b, tx, ty }: Similarity, size: number): boolean {
  return [0, size].every(v =>
    [0, size].every(u => {
      const [x, y] = [a * u - b * v + tx, b * u + a * v + ty]
      return x >= 1 && y >= 1 && x < width - 1 && y < height - 1
    }),
  )
}

/**
 * What `sampleAcrossEdge` does, to the bit, where nothing needs to be asked of a sample: written out in one loop, as some
 * fifty thousand samples of each face pass here.
 */
function sampleInside(
  { width, data }: RawImage,
  { a, b, tx, ty }: Similarity,
  size: number,
  fine: 1 | 2,
  out: Uint8Array,
): void {
  const stride = width * 3
  const shift = fine === 2 ? 18 : 16
  const [step, half] = [1 / fine, 1 << (shift - 1)]
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      let [red, green, blue] = [half, half, half]
      for (let v = y + step / 2; v < y + 1; v += step) {
        for (let u = x + step / 2; u < x + 1; u += step) {
          const atX = a * u - b * v + tx - 0.5
          const atY = b * u + a * v + ty - 0.5
          // `| 0` rounds down, nothing being negative here, and lets V8 know that all that follows are whole numbers.
          const [left, top] = [atX | 0, atY | 0]
          const fx = ((atX - left) * ONE + 0.5) | 0
          const fy = ((atY - top) * ONE + 0.5) | 0
          const from = (imul(top, stride) + imul(left, 3)) | 0
          const below = (from + stride) | 0
          const br = imul(fx, fy)
          const [bl, tr] = [imul(fy, ONE) - br, imul(fx, ONE) - br]
          const tl = ONE * ONE - tr - bl - br
          red += weigh(data, from, below, tl, tr, bl, br)
          green += weigh(data, from + 1, below + 1, tl, tr, bl, br)
          blue += weigh(data, from + 2, below + 2, tl, tr, bl, br)
        }
      }
      out[to] = red >> shift
      out[to + 1] = green >> shift
      out[to + 2] = blue >> shift
    }
  }
}

const { imul } = Math

/** One colour of four neighbours, `from` and the next, `below` and the next; V8 writes it into the loop. */
function weigh(data: Uint8Array, from: number, below: number, tl: number, tr: number, bl: number, br: number): number {
  const above = (imul(tl, at(data, from)) + imul(tr, at(data, from + 3))) | 0
  return (above + imul(bl, at(data, below)) + imul(br, at(data, below + 3))) | 0
}

/** The same for a square that the photo's edge cuts. */
function sampleAcrossEdge(image: RawImage, { a, b, tx, ty }: Similarity, size: number, fine: 1 | 2, out: Uint8Array) {
  const wide = size * fine
  const rows = new Int32Array(size * 3)
  for (let y = 0; y < size; y++) {
    rows.fill(0)
    for (let sub = 0; sub < fine; sub++) {
      const v = (y * fine + sub + 0.5) / fine
      for (let column = 0; column < wide; column++) {
        const u = (column + 0.5) / fine
        const place = fine === 2 ? (column >> 1) * 3 : column * 3
        addSample(image, a * u - b * v + tx - 0.5, b * u + a * v + ty - 0.5, rows, place)
      }
    }
    const samples = fine * fine
    for (let i = 0; i < size * 3; i++) out[y * size * 3 + i] = Math.round((rows[i] as number) / (ONE * ONE * samples))
  }
}

/** Adds the bilinear sample at (x, y), times 2^16, to three running sums; nothing where the photo ends. */
function addSample({ width, height, data }: RawImage, x: number, y: number, sums: Int32Array, place: number): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const fx = Math.round((x - left) * ONE)
  const fy = Math.round((y - top) * ONE)
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1)
    const row = top + (corner >> 1)
    if (column < 0 || row < 0 || column >= width || row >= height) continue
    const weight = (corner & 1 ? fx : ONE - fx) * (corner >> 1 ? fy : ONE - fy)
    for (let c = 0; c < 3; c++) {
      sums[place + c] = (sums[place + c] as number) + weight * at(data, (row * width + column) * 3 + c)
    }
  }
}

/** A part of the photo in its pixels; it may reach beyond the edges, where everything is black. */
export interface View {
  left: number
  top: number
  width: number
  height: number
}

/**
 * A view of the photo fitted into `width` × `height`, bilinear from the nearest finer pyramid level, laid into the top
 * left of a black canvas of `canvasWidth` × `canvasHeight`.
 */
export function fitOnCanvas(
  source: Pyramid,
  view: View,
  size: { width: number; height: number; canvasWidth: number; canvasHeight: number },
): Uint8Array {
  const out = new Uint8Array(size.canvasWidth * size.canvasHeight * 3)
  const { image, factor } = source.level(Math.min(view.width / size.width, view.height / size.height))
  const columns = axis(image.width, view.left / factor, view.width / factor, size.width)
  const rows = axis(image.height, view.top / factor, view.height / factor, size.height)
  for (let y = 0; y < size.height; y++) {
    if ((rows.low[y] as number) < 0) continue
    fitRow(image, columns, rows, y, out.subarray(y * size.canvasWidth * 3, (y + 1) * size.canvasWidth * 3))
  }
  return out
}

function fitRow({ data, width }: RawImage, columns: Axis, rows: Axis, y: number, out: Uint8Array): void {
  const above = (rows.low[y] as number) * width * 3
  const below = (rows.high[y] as number) * width * 3
  const fy = rows.share[y] as number
  const { low, high, share } = columns
  for (let x = 0, to = 0; x < low.length; x++, to += 3) {
    const left = (low[x] as number) * 3
    if (left < 0) continue
    const right = (high[x] as number) * 3
    const fx = share[x] as number
    const [tl, tr, bl, br] = [above + left, above + right, below + left, below + right]
    out[to] = blend(at(data, tl), at(data, tr), at(data, bl), at(data, br), fx, fy)
    out[to + 1] = blend(at(data, tl + 1), at(data, tr + 1), at(data, bl + 1), at(data, br + 1), fx, fy)
    out[to + 2] = blend(at(data, tl + 2), at(data, tr + 2), at(data, bl + 2), at(data, br + 2), fx, fy)
  }
}

/** Bilinear between four bytes, rounded; small enough for V8 to write it into the loop. */
function blend(tl: number, tr: number, bl: number, br: number, fx: number, fy: number): number {
  const upper = (imul(tl, ONE) + imul(tr - tl, fx)) | 0
  const lower = (imul(bl, ONE) + imul(br - bl, fx)) | 0
  return (imul(upper, ONE) + imul(lower - upper, fy) + (ONE * ONE) / 2) >> 16
}

/** A byte that is known to be there. */
const at = (data: Uint8Array, index: number): number => data[index] as number

/** For each output pixel, its two neighbours in the source (-1: outside) and the share of the second in 1 / 256. */
interface Axis {
  low: Int32Array
  high: Int32Array
  share: Int32Array
}

function axis(sourceSize: number, start: number, length: number, size: number): Axis {
  const low = new Int32Array(size)
  const high = new Int32Array(size)
  const share = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const wanted = start + ((i + 0.5) * length) / size
    const at = Math.min(Math.max(wanted - 0.5, 0), sourceSize - 1)
    low[i] = wanted < 0 || wanted > sourceSize + 1 ? -1 : Math.floor(at)
    high[i] = Math.min(sourceSize - 1, Math.floor(at) + 1)
    share[i] = Math.round((at - Math.floor(at)) * ONE)
  }
  return { low, high, share }
}
