import { expect, test } from 'vitest'
import { faceCrop } from './face-crop.ts'

test('a face in the middle of a square picture is shown from the middle', () => {
  const { backgroundSize, backgroundPosition } = faceCrop({ x: 0.375, y: 0.375, width: 0.25, height: 0.25 }, 1)
  expect(Number.parseFloat(backgroundSize)).toBeCloseTo(100 / 0.375)
  expect(backgroundPosition).toBe('50% 50%')
})

test('a face at the edge never shows what is outside the picture', () => {
  const { backgroundPosition } = faceCrop({ x: 0, y: 0.9, width: 0.1, height: 0.1 }, 1.5)
  expect(backgroundPosition).toBe('0% 100%')
})

test('a face that fills the picture shows the whole short side', () => {
  expect(faceCrop({ x: 0, y: 0, width: 1, height: 1 }, 0.8).backgroundSize).toBe('100% auto')
})
