import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { manyPeople } from '@pix/db/schema/searches.ts'
import { eq, inArray, isNull } from 'drizzle-orm'
import { eventLink, toEventLink } from '../named-columns.ts'
import type { Kind } from '../kind.ts'

/** People who searched for more people in an event than the day's number. */
export const manyPeopleKind: Kind<'many_people'> = {
  open: db =>
    db.select({ id: manyPeople.id, since: manyPeople.firstAt }).from(manyPeople).where(isNull(manyPeople.seenAt)),
  describe: async (db, ids) => {
    const rows = await db
      .select({
        line: manyPeople,
        event: eventLink,
        user: { id: users.id, name: users.name, email: users.email },
      })
      .from(manyPeople)
      .innerJoin(events, eq(events.id, manyPeople.eventId))
      .innerJoin(users, eq(users.id, manyPeople.userId))
      .where(inArray(manyPeople.id, [...ids]))
    return new Map(
      rows.map(({ line, event, user }) => {
        const { people, searches, lastAt } = line
        return [line.id, { event: toEventLink(event), user, people, searches, lastAt: lastAt.toISOString() }]
      }),
    )
  },
  leave: async ({ now }, tx, id) => {
    await tx.update(manyPeople).set({ seenAt: now() }).where(eq(manyPeople.id, id))
  },
}
