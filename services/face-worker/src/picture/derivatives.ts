import { PICTURE_BOXES, SMALL_SIDE } from '@pix/domain/picture-sizes.ts'
import type { ThumbnailSize } from '@pix/platform/storage-keys.ts'
import sharp, { type Sharp } from 'sharp'
import { enhancePicture } from './enhance-picture.ts'
import type { Pixels } from './pixels.ts'
import { squareAround, type FaceBox } from './square-around.ts'
import { type Mark, watermark } from './watermark.ts'

/** JPEG files without any metadata. */
export type Derivatives = Record<ThumbnailSize | 'preview', Buffer>

type Marked = keyof typeof PICTURE_BOXES

/** Quality of each JPEG, 1 to 100. */
const QUALITY: Record<Marked | 'small', number> = { preview: 85, large: 90, phone: 75, medium: 85, small: 80 }

const open = ({ data, width, height }: Pixels) => sharp(data, { raw: { width, height, channels: 3 } })

/**
 * All derivatives of one picture: each is made from the next larger one. Only `small` carries no watermark.
 *
 * @param enhanced they get more light and contrast than the picture, where it lacks them
 * @returns the files, and the unmarked pixels of `medium` for whatever needs few of them
 */
export async function makeDerivatives(
  picture: Pixels,
  mark: Mark,
  faces: readonly FaceBox[],
  enhanced: boolean,
): Promise<{ files: Derivatives; medium: Pixels }> {
  const fitted = await fitInside(picture, 'preview')
  const preview = enhanced ? enhancePicture(fitted) : fitted
  const large = await fitInside(preview, 'large')
  const phone = await fitInside(large, 'phone')
  const medium = await fitInside(large, 'medium')
  const files = {
    preview: await marked(preview, mark, 'preview'),
    large: await marked(large, mark, 'large'),
    phone: await marked(phone, mark, 'phone'),
    medium: await marked(medium, mark, 'medium'),
    small: await small(large, faces),
  }
  return { files, medium }
}

async function fitInside(picture: Pixels, size: Marked): Promise<Pixels> {
  const { long, short } = PICTURE_BOXES[size]
  const [width, height] = picture.width >= picture.height ? [long, short] : [short, long]
  if (picture.width <= width && picture.height <= height) return picture
  const { data, info } = await open(picture)
    .resize(width, height, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function marked(picture: Pixels, mark: Mark, size: Marked): Promise<Buffer> {
  const overlay = await watermark(mark, picture.width, picture.height)
  return jpeg(open(picture).composite([overlay]), QUALITY[size])
}

async function small(picture: Pixels, faces: readonly FaceBox[]): Promise<Buffer> {
  const square = squareAround(faces, picture.width, picture.height)
  const cut = open(picture).extract(square)
  return jpeg(cut.resize(SMALL_SIDE, SMALL_SIDE, { fit: 'fill', withoutEnlargement: true }), QUALITY.small)
}

/** sharp writes no metadata unless asked to; the pixels are sRGB already. */
const jpeg = (image: Sharp, quality: number) => image.jpeg({ quality }).toBuffer()
