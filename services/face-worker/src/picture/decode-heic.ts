import createLibheif from 'libheif-js/libheif-wasm/libheif-bundle.js'
import type { Pixels } from './pixels.ts'
import { PictureRefused } from './refused.ts'

/**
 * The pixels of a HEIC file's primary picture, turned as the file says, in its own colours. They lie in a WASM memory of
 * this call's own, which goes with them: a shared one would keep the size of the largest picture for ever.
 *
 * @throws PictureRefused
 */
export async function decodeHeic(bytes: Buffer): Promise<Pixels> {
  const libheif = createLibheif()
  const images = new libheif.HeifDecoder().decode(bytes)
  const image = images.find(one => one.is_primary()) ?? images[0]
  if (!image) throw new PictureRefused('damaged')
  const { heif_colorspace: colours, heif_chroma: chroma, heif_channel: channels } = libheif
  const decoded = await libheif.heif_js_decode_image2(
    image.handle,
    colours.heif_colorspace_RGB,
    chroma.heif_chroma_interleaved_RGB,
  )
  const plane = decoded?.code ? undefined : decoded?.channels.find(({ id }) => id === channels.heif_channel_interleaved)
  if (!plane) throw new PictureRefused('damaged')
  return closeRows(plane)
}

/** Without the bytes that fill up a row; in place, since a copy would cost as much again. */
function closeRows({
  data,
  width,
  height,
  stride,
}: {
  data: Uint8Array
  width: number
  height: number
  stride: number
}) {
  const row = width * 3
  if (stride !== row) for (let y = 1; y < height; y++) data.copyWithin(y * row, y * stride, y * stride + row)
  return { data: Buffer.from(data.buffer, data.byteOffset, row * height), width, height }
}
