import { type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { pictureSrcset } from '@pix/contracts/pictures.ts'
import { aspectOf } from '@pix/domain/justified-rows.ts'
import type { GridPhoto } from '../../ui/grid-photo.ts'

/** A photo of the wire as grid and lightbox show it. */
export function toGridPhoto(photo: PhotoTile, alt: string): GridPhoto {
  const aspect = aspectOf(photo)
  return {
    id: photo.id,
    aspect,
    src: pictureUrl(photo, 'large'),
    srcset: pictureSrcset(photo, aspect),
    alt,
    color: photo.averageColor,
    placeholder: photo.placeholder,
  }
}

/**
 * A bought photo without its watermark: redirects its buyer to a fresh signed link each time, because one in the page
 * would be stale after ten minutes. Not found until the picture is made.
 */
export const boughtPreviewUrl = (photoId: string): string => `/api/photos/${photoId}/bought-preview`

/** For a lightbox: where those of its photos that are bought are without their watermark. */
export const unmarkedAmong =
  (bought: () => { has(photoId: string): boolean }) =>
  ({ id }: GridPhoto): string | undefined =>
    bought().has(id) ? boughtPreviewUrl(id) : undefined
