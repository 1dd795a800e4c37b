import createLibheif from 'libheif-js/libheif-wasm/libheif-bundle.js'
import { PictureRefused } from './refused.ts'

/**
 * The pixels of a HEIC picture, as RGBA, upright. Each call has a WASM memory of its own, which goes with it: a shared
 * one would keep the size of the largest picture for ever.
 *
 * @throws PictureRefused
 */
export async function decodeHeic(bytes: Buffer): Promise<{ data: Uint8ClampedArray; width: number; height: number }> {
  const libheif = createLibheif()
  const [image] = new libheif.HeifDecoder().decode(bytes)
  if (!image) throw new PictureRefused('damaged')
  const width = image.get_width()
  const height = image.get_height()
  const data = new Uint8ClampedArray(width * height * 4)
  const shown = await new Promise<boolean>(resolve => {
    image.display({ data, width, height }, result => resolve(result !== null))
  })
  image.free()
  if (!shown) throw new PictureRefused('damaged')
  return { data, width, height }
}
