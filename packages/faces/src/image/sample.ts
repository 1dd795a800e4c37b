import type { RawImage } from '../types.ts'
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
  const wide = size * fine
  const { a, b } = local
  const rows = new Int32Array(size * 3)
  for (let y = 0; y < size; y++) {
    rows.fill(0)
    for (let sub = 0; sub < fine; sub++) {
      const v = (y * fine + sub + 0.5) / fine
      for (let column = 0; column < wide; column++) {
        const u = (column + 0.5) / fine
        const at = fine === 2 ? (column >> 1) * 3 : column * 3
        addSample(image, a * u - b * v + local.tx - 0.5, b * u + a * v + local.ty - 0.5, rows, at)
      }
    }
    const samples = fine * fine
    for (let i = 0; i < size * 3; i++) out[y * size * 3 + i] = Math.round((rows[i] as number) / (ONE * ONE * samples))
  }
}

/** Adds the bilinear sample at (x, y), times 2^16, to three running sums; nothing where the photo ends. */
function addSample({ width, height, data }: RawImage, x: number, y: number, sums: Int32Array, at: number): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const fx = Math.round((x - left) * ONE)
  const fy = Math.round((y - top) * ONE)
  const inside = left >= 0 && top >= 0 && left + 1 < width && top + 1 < height
  if (!inside) return addEdgeSample({ width, height, data }, left, top, fx, fy, sums, at)
  const from = (top * width + left) * 3
  const below = from + width * 3
  const [tl, tr, bl, br] = [(ONE - fx) * (ONE - fy), fx * (ONE - fy), (ONE - fx) * fy, fx * fy]
  for (let c = 0; c < 3; c++) {
    sums[at + c] =
      (sums[at + c] as number) +
      tl * (data[from + c] as number) +
      tr * (data[from + c + 3] as number) +
      bl * (data[below + c] as number) +
      br * (data[below + c + 3] as number)
  }
}

function addEdgeSample(
  { width, height, data }: RawImage,
  left: number,
  top: number,
  fx: number,
  fy: number,
  sums: Int32Array,
  at: number,
): void {
  for (let corner = 0; corner < 4; corner++) {
    const x = left + (corner & 1)
    const y = top + (corner >> 1)
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const weight = (corner & 1 ? fx : ONE - fx) * (corner >> 1 ? fy : ONE - fy)
    for (let c = 0; c < 3; c++) {
      sums[at + c] = (sums[at + c] as number) + weight * (data[(y * width + x) * 3 + c] as number)
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

function fitRow(image: RawImage, columns: Axis, rows: Axis, y: number, out: Uint8Array): void {
  const { data, width } = image
  const above = (rows.low[y] as number) * width
  const below = (rows.high[y] as number) * width
  const fy = rows.share[y] as number
  const { low, high, share } = columns
  for (let x = 0, to = 0; x < low.length; x++, to += 3) {
    const left = low[x] as number
    if (left < 0) continue
    const [right, fx] = [high[x] as number, share[x] as number]
    const [tl, tr, bl, br] = [(above + left) * 3, (above + right) * 3, (below + left) * 3, (below + right) * 3]
    for (let c = 0; c < 3; c++) {
      const upper = (data[tl + c] as number) * (ONE - fx) + (data[tr + c] as number) * fx
      const lower = (data[bl + c] as number) * (ONE - fx) + (data[br + c] as number) * fx
      out[to + c] = (upper * (ONE - fy) + lower * fy + (ONE * ONE) / 2) >> 16
    }
  }
}

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
