import type { EventSummary } from '@pix/contracts/events.ts'
import { pictureSrcset } from '../photos/pictures.ts'

/** The wire says nothing of a cover's shape; most are the camera's. Only the browser's choice of size hangs on it. */
const COVER_ASPECT = 3 / 2

/** What an `<img>` of an event's cover takes; null while the event has none. */
export function coverPicture(event: EventSummary): { src: string; srcset?: string } | null {
  if (!event.coverUrl) return null
  if (!event.coverPhotoId) return { src: event.coverUrl }
  return {
    src: event.coverUrl,
    srcset: pictureSrcset({ id: event.coverPhotoId, eventId: event.id }, COVER_ASPECT),
  }
}
