import { LEAST_SHARPNESS } from '@pix/domain/photo-looks.ts'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { groupPhoto } from '../testing.ts'
import { measureSharpness } from './measure-sharpness.ts'

async function measure(picture: Sharp): Promise<number | null> {
  const { data, info } = await sharp(await picture.jpeg({ quality: 92 }).toBuffer())
    .raw()
    .toBuffer({ resolveWithObject: true })
  return measureSharpness({ data, width: info.width, height: info.height })
}

const ACROSS = { width: 15, height: 3, kernel: Array.from({ length: 45 }, (_, i) => (i >= 15 && i < 30 ? 1 : 0)) }

test('photos in focus count as sharp, also dark, soft by a pixel or enlarged; out of focus they count as blurred', async () => {
  for (const number of [1, 3, 5] as const) {
    const photo = () => sharp(groupPhoto(number))
    const focused = [photo(), photo().modulate({ brightness: 0.4 }), photo().blur(1), photo().resize(2600)]
    for (const picture of focused) expect(await measure(picture)).toBeGreaterThan(LEAST_SHARPNESS)
    for (const picture of [photo().blur(2), photo().blur(5)])
      expect(await measure(picture)).toBeLessThan(LEAST_SHARPNESS)
  }
})

test('movement in one direction counts as blur', async () => {
  for (const number of [2, 4] as const) {
    const moved = sharp(groupPhoto(number)).convolve(ACROSS)
    expect(await measure(moved)).toBeLessThan(LEAST_SHARPNESS)
  }
})

test('a photo without any detail is not judged', async () => {
  const plain = sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#803030' } })
  expect(await measure(plain)).toBeNull()
})
