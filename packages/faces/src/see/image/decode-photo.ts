import sharp from 'sharp'
import { BACKGROUND } from './background.ts'
import { detectionLongSide } from '../pipeline.ts'
import type { RawImage } from '../../types.ts'

/**
 * A photo or selfie as upright 8-bit RGB, no larger than detection can use. For command-line tools and benches: the
 * worker takes the same picture out of its one decode.
 *
 * @param source a path or the file's bytes
 * @throws Error when it is not a picture sharp can read
 */
export async function decodePhoto(source: string | Uint8Array): Promise<RawImage> {
  const { data, info } = await sharp(source, { failOn: 'error' })
    .rotate()
    .resize({ width: detectionLongSide, height: detectionLongSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .flatten({ background: BACKGROUND })
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels, not 3`)
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
}
