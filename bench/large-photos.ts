import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

const SAMPLES = join(
  dirname(
    createRequire(new URL('../packages/faces/package.json', import.meta.url)).resolve(
      '@vladmandic/face-api/package.json',
    ),
  ),
  'demo',
)

/** The group photos that an npm package carries. */
export const samplePhotos = [1, 2, 3, 4, 5, 6].map(number => join(SAMPLES, `sample${number}.jpg`))

/**
 * `count` different photos of 24 megapixels: the group photos enlarged, with a camera's noise, so that they are as heavy
 * to decode as real ones. Each has a tail of its own after its end, which makes it another file. All the work is done
 * when this resolves: a camera's photos exist before anybody uploads them.
 */
export async function largePhotos(count: number): Promise<Generator<File>> {
  const pictures = await Promise.all(samplePhotos.map(enlarge))
  return (function* files() {
    for (let n = 0; n < count; n++) {
      const picture = new Uint8Array(pictures[n % pictures.length]!)
      yield new File([picture, randomBytes(16)], `LARGE_${String(n).padStart(5, '0')}.jpg`, { type: 'image/jpeg' })
    }
  })()
}

async function enlarge(file: string): Promise<Buffer> {
  const grain = await sharp({
    create: {
      width: 3000,
      height: 2000,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .png()
    .toBuffer()
  return sharp(file)
    .resize(6000, 4000, { fit: 'cover' })
    .composite([{ input: grain, tile: true, blend: 'soft-light' }])
    .jpeg({ quality: 88 })
    .toBuffer()
}
