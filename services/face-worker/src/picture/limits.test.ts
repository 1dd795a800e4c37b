import { PictureSettings } from '@pix/platform/settings.ts'
import { expect, test } from 'vitest'
import { checkSize, photoLimits, selfieLimits } from './limits.ts'

const untouched = PictureSettings.parse({})
const check = (width: number, height: number) => () => checkSize({ width, height }, 'jpeg', photoLimits(untouched))

test('by default the worker too takes a photo from 600 pixels on its longer side, lying or standing, and any selfie', () => {
  expect(check(599, 599)).toThrow('too_small')
  expect(check(600, 20)).not.toThrow()
  expect(check(20, 600)).not.toThrow()
  expect(() => checkSize({ width: 99, height: 99 }, 'jpeg', selfieLimits(untouched))).not.toThrow()
})
