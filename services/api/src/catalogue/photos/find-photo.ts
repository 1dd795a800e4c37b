import type { CrewPhoto, PhotoDetail } from '@pix/contracts/photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Context } from '../../base/context.ts'
import { seenByAddress } from '../events/index.ts'
import { notFound } from '../../base/problem.ts'
import { crewColumns, toCrewPhoto, toTile } from './tiles.ts'

/** On sale to the public; its photographer and an admin see it always. Needs photos joined with events. */
export const seenPhoto = (): SQL => and(eq(photos.approval, 'approved'), seenByAddress())!

/** The photographer whose photo it is, or an admin. */
export function managedBy({ caller }: Pick<Context, 'caller'>): SQL {
  if (caller?.role === 'admin') return sql`true`
  return caller === null ? sql`false` : eq(photos.photographerId, caller.userId)
}

/** @throws Problem `not_found` */
export async function findPhoto(ctx: Context, photoId: string): Promise<z.output<typeof PhotoDetail>> {
  const [row] = await ctx.db
    .select(crewColumns)
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.id, photoId), or(seenPhoto(), managedBy(ctx))))
  if (!row) throw notFound()
  const { photo, photographerName } = row
  return { ...toTile(photo), photographerName, camera: photo.camera, lens: photo.lens }
}

/** As crew sees it. @throws Problem `not_found` unless it is the caller's or the caller is an admin */
export async function findCrewPhoto(ctx: CallerContext, photoId: string): Promise<CrewPhoto> {
  const [row] = await ctx.db
    .select(crewColumns)
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .where(and(eq(photos.id, photoId), managedBy(ctx)))
  if (!row) throw notFound()
  return toCrewPhoto(row)
}
