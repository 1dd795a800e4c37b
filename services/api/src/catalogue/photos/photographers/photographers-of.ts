import type { EventPhotographer } from '@pix/contracts/events.ts'
import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm'

/**
 * Who took the photos of an event that are on sale, those with the most first. A photographer with a public page has
 * the name of that page. A deleted account is not named.
 */
export async function photographersOf(db: Queryable, eventId: string): Promise<EventPhotographer[]> {
  const counted = db
    .select({ id: photos.photographerId, photoCount: count().as('photo_count') })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), eq(photos.approval, 'approved')))
    .groupBy(photos.photographerId)
    .as('counted')
  return db
    .select({
      id: counted.id,
      name: sql<string>`coalesce(${portfolios.name}, ${users.name})`,
      slug: portfolios.slug,
      photoCount: counted.photoCount,
    })
    .from(counted)
    .innerJoin(users, and(eq(users.id, counted.id), isNull(users.deletedAt)))
    .leftJoin(portfolios, and(eq(portfolios.userId, counted.id), portfolios.shown, isNull(users.suspendedAt)))
    .orderBy(desc(counted.photoCount), asc(counted.id))
}
