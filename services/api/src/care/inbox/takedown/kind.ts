import { isBought } from '@pix/db/downloadable.ts'
import { users } from '@pix/db/schema/auth.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Kind } from '../kind.ts'
import { eventLink, photoShown, toEventLink } from '../named-columns.ts'

/** Photos that somebody asks to be taken down. */
export const takedownKind: Kind<'takedown'> = {
  open: db =>
    db.select({ id: takedowns.id, since: takedowns.openedAt }).from(takedowns).where(isNull(takedowns.decidedAt)),
  describe: async (db, ids) => {
    const boughtBy = db.$count(entitlements, and(eq(entitlements.photoId, photos.id), isBought()))
    const rows = await db
      .select({ id: takedowns.id, photo: photoShown, event: eventLink, bought: boughtBy })
      .from(takedowns)
      .innerJoin(photos, eq(photos.id, takedowns.photoId))
      .innerJoin(users, eq(users.id, photos.photographerId))
      .innerJoin(events, eq(events.id, photos.eventId))
      .where(inArray(takedowns.id, [...ids]))
    const asked = await db
      .select()
      .from(takedownRequests)
      .where(inArray(takedownRequests.takedownId, [...ids]))
      .orderBy(asc(takedownRequests.askedAt), asc(takedownRequests.id))
    return new Map(
      rows.map(({ id, photo, event, bought }) => {
        const requests = asked
          .filter(({ takedownId }) => takedownId === id)
          .map(({ number, reason, statement, email, askedAt }) => ({
            number,
            reason,
            statement,
            email,
            askedAt: askedAt.toISOString(),
          }))
        return [id, { photo, event: toEventLink(event), bought, requests }]
      }),
    )
  },
}
