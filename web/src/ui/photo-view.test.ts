import { describe, expect, test } from 'vitest'
import { keepInView, gestureOf, MOST_SCALE, WHOLE, zoomAt } from './photo-view.ts'

const PHOTO = { width: 360, height: 240 }
const STAGE = { width: 360, height: 600 }

describe('enlarging', () => {
  test('what lies under the fingers stays under them', () => {
    const at = { x: 90, y: -40 }
    const view = zoomAt({ scale: 1.5, x: 20, y: 10 }, 3, at)
    // The same point of the photo before and after, in the photo's own pixels.
    expect((at.x - view.x) / view.scale).toBeCloseTo((at.x - 20) / 1.5)
    expect((at.y - view.y) / view.scale).toBeCloseTo((at.y - 10) / 1.5)
  })

  test('a photo is never smaller than whole nor larger than three times', () => {
    expect(zoomAt(WHOLE, 0.2, { x: 5, y: 5 }).scale).toBe(1)
    expect(zoomAt(WHOLE, 40, { x: 5, y: 5 }).scale).toBe(MOST_SCALE)
  })
})

describe('keeping a photo in view', () => {
  test('an edge that would come into the stage is held at its border', () => {
    expect(keepInView({ scale: 2, x: 900, y: 300 }, PHOTO, STAGE)).toEqual({ scale: 2, x: 180, y: 0 })
  })

  test('a pinch that ends near the whole photo ends at the whole photo', () => {
    expect(keepInView({ scale: 1.05, x: 30, y: 30 }, PHOTO, STAGE)).toEqual(WHOLE)
  })
})

test('a finger means the next photo, the one before, closing, or nothing', () => {
  expect(gestureOf(-80, 10, 360)).toBe('next')
  expect(gestureOf(80, -10, 360)).toBe('previous')
  expect(gestureOf(10, 120, 360)).toBe('close')
  expect(gestureOf(10, -120, 360)).toBeNull()
  expect(gestureOf(30, 5, 360)).toBeNull()
})
