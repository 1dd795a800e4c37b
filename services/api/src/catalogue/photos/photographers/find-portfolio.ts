import type { PublicPortfolio } from '@pix/contracts/photographers.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { and, count, countDistinct, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { seenInLists } from '../../events/index.ts'

/** SQL on users and portfolios: the public sees this page. */
const isShownAs = (slug: string): SQL =>
  and(eq(portfolios.slug, slug), portfolios.shown, isNull(users.suspendedAt), isNull(users.deletedAt))!

/** A photographer's public page. @throws Problem `not_found` unless there is one that is shown */
export async function findPortfolio(ctx: Context, slug: string): Promise<PublicPortfolio> {
  const { db } = ctx
  const [found] = await db
    .select({
      userId: portfolios.userId,
      slug: portfolios.slug,
      name: portfolios.name,
      about: portfolios.about,
    })
    .from(portfolios)
    .innerJoin(users, eq(users.id, portfolios.userId))
    .where(isShownAs(slug))
  if (!found) throw notFound()
  const { userId, ...portfolio } = found
  const [counts] = await db
    .select({ eventCount: countDistinct(photos.eventId), photoCount: count() })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.photographerId, userId), eq(photos.approval, 'approved'), seenInLists(ctx)))
  return { ...portfolio, eventCount: counts?.eventCount ?? 0, photoCount: counts?.photoCount ?? 0 }
}

/** SQL on events: photos of the photographer with this public page are on sale in it. */
export const withPhotosBy = (slug: string): SQL => sql`exists (
  select from ${photos} p
  join ${portfolios} on ${portfolios.userId} = p.photographer_id
  join ${users} on ${users.id} = p.photographer_id
  where p.event_id = events.id and p.approval = 'approved' and ${isShownAs(slug)})`
