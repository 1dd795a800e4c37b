import { randomBytes } from 'node:crypto'
import sharp from 'sharp'

/** A small drawn picture, never a person: what makes a file heavy here is its tail. */
const drawing = () =>
  sharp({
    create: {
      width: 1600,
      height: 1067,
      channels: 3,
      background: '#556677',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .jpeg({ quality: 80 })
    .toBuffer()

/**
 * `count` different JPEG files of `bytes` each: one picture, a random tail after its end-of-image marker. As heavy to
 * move and to store as real originals, cheap to decode.
 */
export async function* paddedPhotos(count: number, bytes: number): AsyncGenerator<File> {
  const picture = await drawing()
  for (let index = 1; index <= count; index += 1) {
    const tail = Buffer.alloc(bytes - picture.length)
    randomBytes(32).copy(tail)
    yield new File([new Uint8Array(picture), tail], `HEAVY_${String(index).padStart(4, '0')}.jpg`, {
      type: 'image/jpeg',
    })
  }
}
