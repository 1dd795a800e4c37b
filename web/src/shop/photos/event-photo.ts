import { type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { pictureSrcset } from '@pix/contracts/pictures.ts'
import { i18n } from '../../base/i18n/index.ts'
import { formatMoment } from '../../base/i18n/format.ts'
import type { GridPhoto } from '../../ui/grid-photo.ts'
import { toGridPhoto } from './pictures.ts'

/** A photo in an event's gallery. */
export interface EventPhoto extends GridPhoto {
  /** ms since 1970; null where it is unknown or not certain */
  takenAt: number | null
  /** Id of its photographer; null while that is not known. */
  takenBy: string | null
  /** Id of the photo that stands for its burst; null for one by itself. */
  burst: string | null
}

/** The layout of an event's gallery as it comes over the wire: one array per column. */
export interface PhotoColumns {
  ids: string[]
  aspects: number[]
  takenAt: (number | null)[]
  colors: (string | null)[]
  photographers: string[]
  /** For each photo, the place of its photographer among them. */
  takenBy: number[]
  /** Places of the photos of each burst, the one that stands for the others first. */
  bursts: number[][]
}

/** What readers hear for a photo: its place and time, never a file name. @param withDay where there are several */
export function photoLabel(at: number, of: number, takenAt: number | null, withDay: boolean): string {
  const { t } = i18n.global
  if (takenAt === null) return t('events.photoNumber', { at, of })
  return t('events.photoAt', { at, of, time: formatMoment(new Date(takenAt), withDay) })
}

/** For the place of each photo of a burst, the id of the one that stands for it. */
const frontsOf = (ids: readonly string[], bursts: readonly (readonly number[])[]): Map<number, string> =>
  new Map(bursts.flatMap(places => places.map(place => [place, ids[places[0]!]!] as const)))

export function fromTiles(
  tiles: readonly PhotoTile[],
  of: number,
  withDay: boolean,
  bursts: readonly (readonly number[])[] = [],
): EventPhoto[] {
  const ids = tiles.map(({ id }) => id)
  const fronts = frontsOf(ids, bursts)
  return tiles.map((tile, at) => {
    const takenAt = tile.takenAt === null ? null : Date.parse(tile.takenAt)
    const burst = fronts.get(at) ?? null
    return { ...toGridPhoto(tile, photoLabel(at + 1, of, takenAt, withDay)), takenAt, takenBy: null, burst }
  })
}

export function fromColumns(
  eventId: string,
  { ids, aspects, takenAt, colors, photographers, takenBy, bursts }: PhotoColumns,
  withDay: boolean,
): EventPhoto[] {
  const fronts = frontsOf(ids, bursts)
  return ids.map((id, at) => {
    const aspect = aspects[at] ?? 1.5
    const seconds = takenAt[at] ?? null
    const time = seconds === null ? null : seconds * 1000
    return {
      id,
      aspect,
      src: pictureUrl({ id, eventId }, 'large'),
      srcset: pictureSrcset({ id, eventId }, aspect),
      // Thousands of labels are only formatted for those that are shown.
      get alt() {
        return photoLabel(at + 1, ids.length, time, withDay)
      },
      color: colors[at] ?? null,
      takenAt: time,
      takenBy: photographers[takenBy[at] ?? -1] ?? null,
      burst: fronts.get(at) ?? null,
    }
  })
}
