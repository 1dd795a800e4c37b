import { createHash } from 'node:crypto'
import type { Db } from './client.ts'
import { HOUSE_STUDIO } from './house-studio.ts'
import { newId } from './ids.ts'
import { sessions, users } from './schema/auth.ts'
import { events } from './schema/events.ts'
import { photos } from './schema/photos.ts'

// Rows that tests of the programs beside the api need; those of the api are made through its own routes.

/** An event of the house studio. @returns its id */
export async function addEvent(db: Db, columns: Partial<typeof events.$inferInsert> = {}): Promise<string> {
  const id = newId()
  await db.insert(events).values({
    id,
    studioId: HOUSE_STUDIO,
    slug: `event-${id}`,
    nameTh: 'งาน',
    nameEn: 'Event',
    category: 'run',
    venue: 'Lumphini Park',
    province: 'Bangkok',
    startsAt: new Date('2026-11-01T00:00:00Z'),
    endsAt: new Date('2026-11-01T05:00:00Z'),
    ...columns,
  })
  return id
}

/** A photo of a photographer of its own. Its bytes are stored before, as a worker may read it at once. */
export async function addPhotoRow(
  db: Db,
  bytes: Buffer,
  columns: Partial<typeof photos.$inferInsert> & { id: string; eventId: string },
): Promise<{ photographerId: string }> {
  const photographerId = newId()
  const person = { id: photographerId, email: `${photographerId}@test`, name: 'P', passwordHash: '-' }
  await db.insert(users).values({ ...person, role: 'user' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { fileName: `${columns.id}.jpg`, sha256, bytes: Math.max(bytes.length, 1), format: 'jpg' as const }
  await db.insert(photos).values({ photographerId, ...file, ...columns })
  return { photographerId }
}

/** A visitor's session. @returns its id */
export async function addSession(db: Db): Promise<string> {
  const id = newId()
  await db.insert(sessions).values({ id, tokenHash: id, expiresAt: new Date('2030-01-01') })
  return id
}
