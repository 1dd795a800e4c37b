import { faces } from '@pix/db/schema/photos.ts'
import { SMALL_SIDE } from '@pix/domain/picture-sizes.ts'
import { previewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { manageEvent } from '../../events/index.ts'

/** The side of the picture. Larger pictures carry the watermark everywhere; this one does, too. */
const SIDE = SMALL_SIDE
/** The face's box with this much of it around: hair and chin. */
const ROOM = 1.7

/** A face as a square JPEG, cut from its photo's watermarked preview. @throws Problem `not_found` */
export async function cutFace(ctx: CallerContext, eventId: string, faceId: string): Promise<Buffer> {
  const [face] = await manageEvent(ctx, eventId, ({ db }) =>
    db
      .select({ photoId: faces.photoId, x: faces.x, y: faces.y, width: faces.width, height: faces.height })
      .from(faces)
      .where(and(eq(faces.id, faceId), eq(faces.eventId, eventId))),
  )
  const preview = face && (await readWhole(ctx.storage, MAIN_BUCKET, previewKey(eventId, face.photoId)))
  if (!face || !preview) throw notFound()
  return cutSquare(preview, face)
}

/** A box as shares of the picture's sides. A face at the picture's edge may reach beyond it. */
interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The square around a face, which stays in its middle: what lies beyond the picture's edge is the picture mirrored. */
async function cutSquare(preview: Buffer, face: Box): Promise<Buffer> {
  const picture = sharp(preview)
  const { width = 1, height = 1 } = await picture.metadata()
  const side = Math.max(1, Math.min(Math.max(face.width * width, face.height * height) * ROOM, width, height))
  const scale = SIDE / side
  const across = cutSide((face.x + face.width / 2) * width, side, width)
  const down = cutSide((face.y + face.height / 2) * height, side, height)
  const beyond = (pixels: number) => Math.min(SIDE - 1, Math.max(0, Math.round(pixels * scale)))
  const room = { left: beyond(across.before), right: beyond(across.after) }
  const more = { top: beyond(down.before), bottom: beyond(down.after) }
  return picture
    .extract({ left: across.start, top: down.start, width: across.length, height: down.length })
    .resize(Math.max(1, SIDE - room.left - room.right), Math.max(1, SIDE - more.top - more.bottom), { fit: 'fill' })
    .extend({ ...room, ...more, extendWith: 'mirror' })
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** The part of a side of the picture that a square takes, and how far the square reaches beyond either end. */
function cutSide(centre: number, side: number, whole: number) {
  const [from, to] = [centre - side / 2, centre + side / 2]
  const start = Math.min(whole - 1, Math.max(0, Math.round(from)))
  const end = Math.max(start + 1, Math.min(whole, Math.round(to)))
  return { start, length: end - start, before: Math.max(0, -from), after: Math.max(0, to - whole) }
}
