import { expect, test } from 'vitest'
import { CHIP_SIZE } from './align.ts'
import { measureQuality, quality } from './quality.ts'

const straight = { a: 1, b: 0, tx: 0, ty: 0 }

/** A face seen from the front, in chip pixels: only the points that quality looks at. */
function frontal(noseX = 75): Float32Array {
  const points = new Float32Array(136)
  const set = (i: number, x: number, y: number) => points.set([x, y], i * 2)
  for (const [i, x] of [
    [36, 40],
    [39, 60],
    [42, 90],
    [45, 110],
  ] as const)
    set(i, x, 60)
  set(30, noseX, 82)
  set(48, 55, 100)
  set(54, 95, 100)
  return points
}

function chip(grey: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: CHIP_SIZE * CHIP_SIZE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return grey(pixel % CHIP_SIZE, Math.floor(pixel / CHIP_SIZE))
  })
}

const detailed = chip((x, y) => 120 + 50 * Math.sin(x / 2) * Math.cos(y / 2))

test('a sharp, well lit, frontal, large face is worth 1', () => {
  expect(quality(measureQuality(detailed, straight, frontal()))).toBeCloseTo(1, 1)
})

test('blur, darkness, distance and a turned head each cost quality', () => {
  const good = measureQuality(detailed, straight, frontal())
  const blurred = measureQuality(
    chip(x => 120 + 50 * Math.sin(x / 40)),
    straight,
    frontal(),
  )
  const dark = measureQuality(
    chip((x, y) => 12 + 5 * Math.sin(x / 2) * Math.cos(y / 2)),
    straight,
    frontal(),
  )
  const far = measureQuality(detailed, { ...straight, a: 0.3 }, frontal())
  const turned = measureQuality(detailed, straight, frontal(105))
  expect(blurred.sharpness).toBeLessThan(good.sharpness / 2)
  expect(dark.light).toBeLessThan(good.light / 2)
  expect(far.size).toBeLessThan(good.size / 2)
  expect(turned.pose).toBeLessThan(good.pose / 2)
})
