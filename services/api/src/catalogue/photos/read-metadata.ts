import type { PhotoMetadata } from '@pix/contracts/photo-facts.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, or, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { keptBy, seenPhoto } from './find-photo.ts'
import { crewColumns, type PhotoRow } from './tiles.ts'

/**
 * What is known of a photo. Only its photographer, and who manages its event, read where it was taken and the camera's
 * serial numbers (spec/10).
 *
 * @throws Problem `not_found` for a photo that the caller may not see
 */
export async function readMetadata(ctx: Context, photoId: string): Promise<PhotoMetadata> {
  const [row] = await ctx.db
    .select({ ...crewColumns, isCrew: sql<boolean>`${keptBy(ctx)}` })
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.id, photoId), or(seenPhoto(ctx), keptBy(ctx))))
  if (!row) throw notFound()
  const { photo, isCrew } = row
  return {
    id: photo.id,
    takenAt: photo.takenAt?.toISOString() ?? null,
    width: photo.width ?? 0,
    height: photo.height ?? 0,
    bytes: photo.bytes,
    format: photo.format,
    camera: photo.camera,
    lens: photo.lens,
    exposure: photo.cameraFactsRead
      ? { seconds: photo.exposureSeconds, fNumber: photo.fNumber, iso: photo.iso, focalLength: photo.focalLength }
      : null,
    crew: isCrew ? crewFacts(photo) : null,
  }
}

function crewFacts(photo: PhotoRow): PhotoMetadata['crew'] {
  const { latitude, longitude } = photo
  return {
    fileName: photo.fileName,
    sha256: photo.sha256,
    uploadedAt: photo.createdAt.toISOString(),
    processedAt: photo.processedAt?.toISOString() ?? null,
    place: latitude === null || longitude === null ? null : { latitude, longitude },
    serials: photo.cameraFactsRead ? { camera: photo.cameraSerial, lens: photo.lensSerial } : null,
  }
}
