import { expect, test } from 'vitest'
import { hintFor, lookAt } from './live-hint.ts'

const WIDTH = 24
const HEIGHT = 30
const frame = (luma: (x: number, y: number) => number) => {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
  for (let at = 0; at < WIDTH * HEIGHT; at += 1)
    pixels.fill(luma(at % WIDTH, Math.floor(at / WIDTH)), at * 4, at * 4 + 3)
  return pixels
}
const hint = (now: Uint8ClampedArray, before: Uint8ClampedArray) =>
  hintFor(lookAt(now, WIDTH, HEIGHT, lookAt(before, WIDTH, HEIGHT, null).luma))

test('a wall, however bright and steady, is not praised: nobody has looked for a face', () => {
  const still = frame(() => 140)
  expect(hint(still, still)).toBe('look')
})

test('a dark face asks for light, however bright the room behind it is', () => {
  const backlit = frame((x, y) => (Math.hypot((x - 12) / 8, (y - 13) / 10) < 1 ? 20 : 250))
  expect(hint(backlit, backlit)).toBe('light')
})

test('a moving phone is asked to hold still', () => {
  expect(
    hint(
      frame(x => (x % 2) * 200),
      frame(x => ((x + 1) % 2) * 200),
    ),
  ).toBe('steady')
})
