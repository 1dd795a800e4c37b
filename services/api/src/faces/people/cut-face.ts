import { faces } from '@pix/db/schema/photos.ts'
import { previewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../problem.ts'

/** Pixels; larger pictures carry the watermark everywhere (spec/20), and this one does besides. */
const SIDE = 150
/** The face's box with this much of it around: hair and chin. */
const ROOM = 1.7

/** A face as a square JPEG, cut from its photo's watermarked preview. @throws Problem `not_found` */
export async function cutFace({ db, storage }: Deps, eventId: string, faceId: string): Promise<Buffer> {
  const [face] = await db
    .select({ photoId: faces.photoId, x: faces.x, y: faces.y, width: faces.width, height: faces.height })
    .from(faces)
    .where(and(eq(faces.id, faceId), eq(faces.eventId, eventId)))
  const preview = face && (await readWhole(storage, MAIN_BUCKET, previewKey(eventId, face.photoId)))
  if (!face || !preview) throw notFound()
  const picture = sharp(preview)
  const { width = 1, height = 1 } = await picture.metadata()
  const wanted = Math.max(face.width * width, face.height * height) * ROOM
  const side = Math.max(1, Math.round(Math.min(wanted, width, height)))
  const start = (centre: number, whole: number) =>
    Math.round(Math.min(Math.max(centre * whole - side / 2, 0), whole - side))
  const left = start(face.x + face.width / 2, width)
  const top = start(face.y + face.height / 2, height)
  return picture.extract({ left, top, width: side, height: side }).resize(SIDE, SIDE).jpeg({ quality: 80 }).toBuffer()
}
