import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eq, inArray } from 'drizzle-orm'
import { isFailed } from '../../../catalogue/photos/index.ts'
import type { Kind } from '../kind.ts'
import { eventLink, photoShown, toEventLink } from '../named-columns.ts'

/** Photos that could not be processed. */
export const failedPhotoKind: Kind<'failed_photo'> = {
  open: db => db.select({ id: photos.id, since: photos.queuedAt }).from(photos).where(isFailed),
  describe: async (db, ids) => {
    const rows = await db
      .select({ photo: photoShown, event: eventLink, failure: photos.failure })
      .from(photos)
      .innerJoin(users, eq(users.id, photos.photographerId))
      .innerJoin(events, eq(events.id, photos.eventId))
      .where(inArray(photos.id, [...ids]))
    return new Map(
      rows.flatMap(({ photo, event, failure }) =>
        failure === null ? [] : [[photo.id, { photo, event: toEventLink(event), failure }]],
      ),
    )
  },
}
