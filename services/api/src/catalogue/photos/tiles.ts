import type { CrewPhoto, PhotoTile } from '@pix/contracts/photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { getTableColumns, sql } from 'drizzle-orm'

export type PhotoRow = typeof photos.$inferSelect
export type TileRow = Pick<PhotoRow, 'id' | 'eventId' | 'width' | 'height' | 'takenAt' | 'placeholder' | 'averageColor'>

/**
 * SQL: when a photo was taken; null where that is unknown, or so far from its event's days that its camera's clock was
 * wrong. `believableTimes` of events says the same for all photos of an event.
 */
const certainTime = sql<Date | null>`(
  select photos.taken_at from events e
  where e.id = photos.event_id
    and photos.taken_at between e.starts_at - interval '1 day' and e.ends_at + interval '1 day'
)`.mapWith(photos.takenAt)

/** The columns a tile is made of. */
export const tileColumns = {
  id: photos.id,
  eventId: photos.eventId,
  width: photos.width,
  height: photos.height,
  takenAt: certainTime,
  placeholder: photos.placeholder,
  averageColor: photos.averageColor,
}

/** Width and height are 0 until the photo is processed. */
export const toTile = (row: TileRow): PhotoTile => ({
  id: row.id,
  eventId: row.eventId,
  width: row.width ?? 0,
  height: row.height ?? 0,
  takenAt: row.takenAt?.toISOString() ?? null,
  placeholder: row.placeholder?.toString('base64') ?? null,
  averageColor: row.averageColor,
})

export const crewColumns = {
  photo: { ...getTableColumns(photos), takenAt: certainTime },
  photographerName: users.name,
}

export const toCrewPhoto = ({ photo, photographerName }: { photo: PhotoRow; photographerName: string }): CrewPhoto => ({
  ...toTile(photo),
  fileName: photo.fileName,
  bytes: photo.bytes,
  sha256: photo.sha256,
  state: photo.state,
  failure: photo.failure,
  approval: photo.approval,
  rejectReason: photo.rejectReason,
  faces: photo.faceCount,
  photographerName,
  createdAt: photo.createdAt.toISOString(),
})
