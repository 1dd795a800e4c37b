import { expect, test } from 'vitest'
import type { RawImage } from '../../types.ts'
import { pyramid } from './pyramid.ts'
import { sampleSquare } from './sample.ts'

const SIDE = 60
const data = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 89 + (i >> 4) * 57) % 256)
const photo: RawImage = { width: SIDE, height: SIDE, data }

/** The photo with 30 black pixels all around. */
function framed({ width, height, data: inner }: RawImage): RawImage {
  const frame = { width: width + 60, height: height + 60, data: new Uint8Array((width + 60) * (height + 60) * 3) }
  for (let y = 0; y < height; y++) {
    frame.data.set(inner.subarray(y * width * 3, (y + 1) * width * 3), ((y + 30) * frame.width + 30) * 3)
  }
  return frame
}

// Pixels outside a photo are black. The same photo in a black frame must give the same square. There the square lies
// inside the picture, which is another branch of the code.
test.each([
  { scale: 1, turned: 0 },
  { scale: 0.7, turned: 0.4 },
  { scale: 1.7, turned: -0.3 },
])('a square over the edge ($scale, $turned) is that of the photo in a black frame', ({ scale, turned }) => {
  const [a, b] = [scale * Math.cos(turned), scale * Math.sin(turned)]
  const [bare, inFrame] = [new Uint8Array(20 * 20 * 3), new Uint8Array(20 * 20 * 3)]
  for (const [tx, ty] of [
    [-8, 5],
    [30, -6],
    [50, 40],
  ] as const) {
    sampleSquare(pyramid(photo), { a, b, tx, ty }, 20, bare)
    sampleSquare(pyramid(framed(photo)), { a, b, tx: tx + 30, ty: ty + 30 }, 20, inFrame)
    expect(bare).toEqual(inFrame)
    expect(bare.some(value => value > 0)).toBe(true)
  }
})
