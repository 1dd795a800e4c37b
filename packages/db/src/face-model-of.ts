import { eq } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { events } from './schema/events.ts'

/** The model version of the faces that an event's searches look at; null while it has none. */
export async function faceModelOf(db: Queryable, eventId: string): Promise<string | null> {
  const [event] = await db.select({ model: events.faceModel }).from(events).where(eq(events.id, eventId))
  return event?.model ?? null
}
