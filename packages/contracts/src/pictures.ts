import { PICTURE_BOXES } from '@pix/domain/picture-sizes.ts'
import { type PictureSize, pictureUrl } from './photos.ts'

type Marked = keyof typeof PICTURE_BOXES & PictureSize
/** From the smallest. */
const MARKED: readonly Marked[] = ['medium', 'phone', 'large', 'preview']

/** The pixels of a derivative of a photo with the given aspect, width over height. */
export function pictureSide(size: Marked, aspect: number): { width: number; height: number } {
  const { long, short } = PICTURE_BOXES[size]
  const width = aspect >= 1 ? Math.min(long, short * aspect) : Math.min(short, long * aspect)
  return { width: Math.round(width), height: Math.round(width / aspect) }
}

/** Every watermarked size of a photo, for the browser to choose from. */
export function pictureSrcset(photo: { id: string; eventId: string }, aspect: number): string {
  return MARKED.map(size => `${pictureUrl(photo, size)} ${pictureSide(size, aspect).width}w`).join(', ')
}

/**
 * The wire does not say which aspect a cover has; most have the camera's. Only the browser's choice of a size depends
 * on it.
 */
const COVER_ASPECT = 3 / 2
/** `sizes` of the cover on the event's page. */
export const COVER_SIZES = '100vw'
/** `sizes` of a dimmed picture in the hero of the home page: it covers the width of its tile. */
export const HERO_SIZES = '(min-width: 1024px) 320px, 24vw'

/** What an `<img>` of an event's cover takes; null while the event has none. */
export function coverPicture(event: {
  id: string
  coverUrl: string | null
  coverPhotoId: string | null
}): { src: string; srcset?: string } | null {
  if (!event.coverUrl) return null
  if (!event.coverPhotoId) return { src: event.coverUrl }
  return {
    src: event.coverUrl,
    srcset: pictureSrcset({ id: event.coverPhotoId, eventId: event.id }, COVER_ASPECT),
  }
}
