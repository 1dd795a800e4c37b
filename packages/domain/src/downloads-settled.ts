import { type ARCHIVE_STATES, type BOUGHT_PREVIEW_STATES, FINAL_ARCHIVE_STATES } from './words.ts'

interface Downloads {
  mail: string | null
  events: readonly {
    archive: { state: (typeof ARCHIVE_STATES)[number] }
    photos: readonly { preview: (typeof BOUGHT_PREVIEW_STATES)[number] }[]
  }[]
}

/**
 * Whether nothing of an order's downloads changes by itself any more: letter, ZIPs and pictures are done or given up.
 */
export const areSettled = ({ mail, events }: Downloads): boolean =>
  mail !== 'queued' &&
  events.every(
    ({ archive, photos }) =>
      FINAL_ARCHIVE_STATES.includes(archive.state) && photos.every(({ preview }) => preview !== 'queued'),
  )
