import { expect, test } from 'vitest'
import { PictureSettings } from './settings.ts'

test('a photo has 600 pixels on its longer side at least, unless somebody sets it otherwise', () => {
  expect(PictureSettings.parse({}).UPLOAD_MIN_SIDE).toBe(600)
  expect(PictureSettings.parse({ UPLOAD_MIN_SIDE: '8' }).UPLOAD_MIN_SIDE).toBe(8)
})
