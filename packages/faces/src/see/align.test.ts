import { expect, test } from 'vitest'
import { alignToMeanFace, CHIP_SIZE, mirror } from './align.ts'
import { pyramid } from './image/pyramid.ts'
import { sampleSquare } from './image/sample.ts'

/** 68 points somewhere, then turned by `degrees`, enlarged and shifted. */
function points(degrees: number, scale: number, dx: number, dy: number): Float32Array {
  const [cos, sin] = [Math.cos((degrees / 180) * Math.PI) * scale, Math.sin((degrees / 180) * Math.PI) * scale]
  return Float32Array.from({ length: 136 }, (_, i) => {
    const n = i >> 1
    const [x, y] = [30 + ((n * 37) % 90), 30 + ((n * 53) % 90)]
    return i % 2 === 0 ? cos * x - sin * y + dx : sin * x + cos * y + dy
  })
}

test('turning, enlarging and shifting a face changes where the chip is cut and nothing else', () => {
  const plain = alignToMeanFace(points(0, 1, 0, 0))
  const moved = alignToMeanFace(points(30, 2.5, 400, 250))
  const [cos, sin] = [Math.cos(Math.PI / 6) * 2.5, Math.sin(Math.PI / 6) * 2.5]
  for (const [x, y] of [
    [0, 0],
    [CHIP_SIZE, 0],
    [75, CHIP_SIZE],
  ] as const) {
    const at = (t: typeof plain) => [t.a * x - t.b * y + t.tx, t.b * x + t.a * y + t.ty] as const
    const [plainX, plainY] = at(plain)
    const [movedX, movedY] = at(moved)
    expect(movedX).toBeCloseTo(cos * plainX - sin * plainY + 400, 2)
    expect(movedY).toBeCloseTo(sin * plainX + cos * plainY + 250, 2)
  }
})

test('a chip beyond the edge of the photo is black there', () => {
  const photo = pyramid({ width: 20, height: 20, data: new Uint8Array(20 * 20 * 3).fill(200) })
  const chip = new Uint8Array(10 * 10 * 3)
  sampleSquare(photo, { a: 1, b: 0, tx: 15, ty: 0 }, 10, chip)
  expect(chip[0]).toBe(200)
  expect(chip[9 * 3]).toBe(0)
})

test('a mirrored chip mirrored again is the chip', () => {
  const chip = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i)
  const [once, twice] = [new Uint8Array(48), new Uint8Array(48)]
  mirror(chip, 4, once)
  mirror(once, 4, twice)
  expect(once).not.toEqual(chip)
  expect(twice).toEqual(chip)
})
