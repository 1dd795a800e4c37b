import type { CrewPhoto, PhotoDetail } from '@pix/contracts/photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Context, Joining, StaffContext } from '../../base/context.ts'
import { actForStudio } from '../../people/studios/index.ts'
import { managedBy, seenByAddress, type Visiting } from '../events/index.ts'
import { notFound } from '../../base/problem.ts'
import { crewColumns, toCrewPhoto, toTile } from './tiles.ts'

/**
 * SQL: the photo is on sale to the public. Its photographer, and who manages its event, always see it. The query joins
 * photos with events.
 */
export const seenPhoto = (ctx: Visiting): SQL => and(eq(photos.approval, 'approved'), seenByAddress(ctx))!

/** SQL on photos: the caller took the photo, or manages its event. */
export function keptBy(ctx: Pick<Context, 'caller'>): SQL {
  if (ctx.caller === null) return sql`false`
  return or(eq(photos.photographerId, ctx.caller.userId), ofManagedEvent(ctx))!
}

/** SQL on photos: the caller manages the photo's event. */
export const ofManagedEvent = (ctx: Pick<Context, 'caller'>): SQL =>
  sql`exists (select 1 from ${events} where ${events.id} = ${photos.eventId} and ${managedBy(ctx)})`

/** @throws Problem `not_found` */
export async function findPhoto(ctx: Context, photoId: string): Promise<z.output<typeof PhotoDetail>> {
  const [row] = await ctx.db
    .select(crewColumns)
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.id, photoId), or(seenPhoto(ctx), keptBy(ctx))))
  if (!row) throw notFound()
  const { photo, photographerName } = row
  return { ...toTile(photo), photographerName, camera: photo.camera, lens: photo.lens }
}

/** A photo as its crew sees it. @throws Problem `not_found` unless the caller took it or manages its event */
export async function findCrewPhoto(ctx: Joining<CallerContext>, photoId: string, whose = keptBy): Promise<CrewPhoto> {
  const [row] = await ctx.db
    .select(crewColumns)
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .where(and(eq(photos.id, photoId), whose(ctx)))
  if (!row) throw notFound()
  return toCrewPhoto(row)
}

type ActOnPhoto<T> = (staff: StaffContext, photo: CrewPhoto) => Promise<T>

/**
 * Runs `act` for the staff of the studio of a photo's event, in their transaction (docs/decisions/0042).
 *
 * @throws Problem `not_found` unless the caller manages the event
 */
export const managePhoto = <T>(ctx: CallerContext, photoId: string, act: ActOnPhoto<T>): Promise<T> =>
  inStudioOfPhoto(ctx, photoId, ofManagedEvent, act)

/** The same for who took the photo, too. @throws Problem `not_found` for others */
export const keepPhoto = <T>(ctx: CallerContext, photoId: string, act: ActOnPhoto<T>): Promise<T> =>
  inStudioOfPhoto(ctx, photoId, keptBy, act)

const inStudioOfPhoto = <T>(
  ctx: CallerContext,
  photoId: string,
  whose: typeof keptBy,
  act: ActOnPhoto<T>,
): Promise<T> =>
  actForStudio(
    ctx,
    sql`select ${events.studioId} from ${photos} join ${events} on ${events.id} = ${photos.eventId} where ${photos.id} = ${photoId}`,
    async staff => act(staff, await findCrewPhoto(staff, photoId, whose)),
  )
