import { expect, test } from 'vitest'
import { enhancePicture } from './enhance-picture.ts'
import type { Pixels } from './pixels.ts'

/** Grey pixels, evenly from one brightness to another. */
function ramp(from: number, to: number): Pixels {
  const [width, height] = [256, 64]
  const data = Buffer.alloc(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1)
    data.fill(Math.round(from + ((to - from) * (pixel % width)) / (width - 1)), pixel * 3, pixel * 3 + 3)
  return { width, height, data }
}
const range = ({ data }: Pixels) => [Math.min(...data.subarray(0, 768)), Math.max(...data.subarray(0, 768))]
const middle = ({ data }: Pixels) => data[128 * 3]!

test('a flat picture gets more contrast, and a dark one more light, within bounds', () => {
  const [low, high] = range(enhancePicture(ramp(40, 180)))
  expect([low! < 40, high! > 180, high! - low! <= 140 * 1.25 + 2]).toEqual([true, true, true])
  const dark = enhancePicture(ramp(0, 120))
  expect([middle(dark) > 60, middle(dark) < 120]).toEqual([true, true])
})

test('a picture that has light and contrast stays as it is, and so do the pixels that were given', () => {
  const good = ramp(0, 255)
  expect(enhancePicture(good)).toBe(good)
  const flat = ramp(60, 160)
  const before = Buffer.from(flat.data)
  expect(enhancePicture(flat).data.equals(before)).toBe(false)
  expect(flat.data.equals(before)).toBe(true)
})

test('what is brighter stays brighter or as bright, also in black, white and single-coloured pictures', () => {
  for (const picture of [ramp(30, 90), ramp(0, 0), ramp(255, 255), ramp(7, 7)]) {
    const row = [...enhancePicture(picture).data.subarray(0, 768)]
    expect(row).toEqual(row.toSorted((a, b) => a - b))
  }
})

test('the same picture gives the same pixels', () => {
  expect(enhancePicture(ramp(20, 140)).data.equals(enhancePicture(ramp(20, 140)).data)).toBe(true)
})
