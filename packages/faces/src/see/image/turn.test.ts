import { expect, test } from 'vitest'
import type { RawImage } from '../../types.ts'
import { turn, turnBack } from './turn.ts'

/** 3 × 2 pixels, each of one number. */
const picture: RawImage = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap(n => [n, n, n])) }
const numbers = (image: RawImage) => image.data.filter((_, i) => i % 3 === 0)

test('a picture turns clockwise by right angles', () => {
  expect(turn(picture, 1)).toMatchObject({ width: 2, height: 3 })
  expect([...numbers(turn(picture, 1))]).toEqual([4, 1, 5, 2, 6, 3])
  expect([...numbers(turn(picture, 2))]).toEqual([6, 5, 4, 3, 2, 1])
  expect([...numbers(turn(picture, 3))]).toEqual([3, 6, 2, 5, 1, 4])
})

test.each([1, 2, 3] as const)('a point of a picture turned by %i is found again where it was', quarters => {
  const turned = turn(picture, quarters)
  for (const [i, number] of [...numbers(turned)].entries()) {
    const [x, y] = [(i % turned.width) + 0.5, Math.floor(i / turned.width) + 0.5]
    const [u, v] = turnBack([x / turned.width, y / turned.height], quarters)
    const at = Math.floor(v * picture.height) * picture.width + Math.floor(u * picture.width)
    expect(numbers(picture)[at]).toBe(number)
  }
})
