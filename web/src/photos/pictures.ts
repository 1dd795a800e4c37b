import { type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import type { GridPhoto } from '../ui/grid-photo.ts'

/** The boxes derivatives fit into (spec/20); they turn with an upright photo. */
const BOXES = { medium: [300, 300], large: [800, 600], preview: [1920, 1080] } as const

/** px width of a derivative of a photo with the given aspect. */
function widthIn([long, short]: readonly [number, number], aspect: number): number {
  return Math.round(aspect >= 1 ? Math.min(long, short * aspect) : Math.min(short, long * aspect))
}

/** Every watermarked size of a photo, for the browser to choose from. */
export function pictureSrcset(photo: { id: string; eventId: string }, aspect: number): string {
  return (['medium', 'large', 'preview'] as const)
    .map(size => `${pictureUrl(photo, size)} ${widthIn(BOXES[size], aspect)}w`)
    .join(', ')
}

/** A photo of the wire as grid and lightbox show it. */
export function toGridPhoto(photo: PhotoTile, alt: string): GridPhoto {
  const aspect = photo.width / photo.height
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
