import type { Box } from '@pix/faces/types.ts'
import { expect, test } from 'vitest'
import { hintFor, lookAt, SMALL } from './live-hint.ts'

const picture = (luma: (x: number, y: number) => number) => {
  const pixels = new Uint8ClampedArray(SMALL.width * SMALL.height * 4)
  for (let at = 0; at < SMALL.width * SMALL.height; at += 1)
    pixels.fill(luma(at % SMALL.width, Math.floor(at / SMALL.width)), at * 4, at * 4 + 3)
  return pixels
}
const hint = (now: Uint8ClampedArray, before: Uint8ClampedArray, faces: Box[] | null) =>
  hintFor(lookAt(now, lookAt(before, null)), faces)

const bright = picture(() => 140)
const stripes = (shift: number) => picture(x => ((x + shift) % 2) * 200)
const face = (width: number, x = 0.5, y = 0.43): Box => ({ x: x - width / 2, y: y - width / 2, width, height: width })

test('a wall, however bright and steady, is not praised: whether nobody looks for a face or none is found', () => {
  expect(hint(bright, bright, null)).toBe('look')
  expect(hint(bright, bright, [])).toBe('look')
})

test('a dark face asks for light, however bright the room behind it is', () => {
  const backlit = picture((x, y) => (Math.hypot((x - 16) / 11, (y - 17) / 13.5) < 1 ? 20 : 250))
  expect(hint(backlit, backlit, null)).toBe('light')
  expect(hint(backlit, backlit, [])).toBe('light')
  expect(hint(backlit, backlit, [face(0.4)])).toBe('light')
})

test('a moving phone is asked to hold still', () => {
  expect(hint(stripes(0), stripes(1), null)).toBe('steady')
  expect(hint(stripes(0), stripes(1), [face(0.4)])).toBe('steady')
})

test('one near face in the frame, lit and still, is praised', () => {
  expect(hint(bright, bright, [face(0.4)])).toBe('good')
  expect(hint(bright, bright, [face(0.4), face(0.1, 0.9, 0.2)])).toBe('good')
})

test('of two people side by side one is asked to be alone', () => {
  expect(hint(bright, bright, [face(0.35, 0.3), face(0.3, 0.7)])).toBe('alone')
})

test('a face far away is asked to come closer, and one at the edge into the frame', () => {
  expect(hint(bright, bright, [face(0.2)])).toBe('closer')
  expect(hint(bright, bright, [face(0.4, 0.9)])).toBe('inside')
  expect(hint(bright, bright, [face(0.4, 0.5, 0.85)])).toBe('inside')
})
