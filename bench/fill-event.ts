import { randomBytes } from 'node:crypto'
import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'

const ROWS_PER_INSERT = 500

/** An event on sale with `count` photos as rows only: for measuring lists and galleries, which never read an original. */
export async function fillEvent(
  db: Db,
  count: number,
  approval: 'approved' | 'pending' = 'approved',
): Promise<{ id: string; slug: string }> {
  const userId = newId()
  const event = { id: newId(), slug: `bench-${approval}-${Date.now().toString(36)}` }
  await db.insert(users).values({
    id: userId,
    email: `${event.slug}@bench.test`,
    name: 'Bench',
    role: 'user',
    passwordHash: 'none: nobody signs in',
  })
  const startsAt = new Date('2026-11-14T22:00:00Z')
  await db.insert(events).values({
    ...event,
    studioId: HOUSE_STUDIO,
    nameTh: 'งานวัดผล',
    nameEn: 'Bench event',
    category: 'run',
    venue: 'Bench',
    province: 'Bangkok',
    startsAt,
    endsAt: new Date('2026-11-15T05:00:00Z'),
    status: 'on_sale',
  })
  for (let from = 0; from < count; from += ROWS_PER_INSERT) {
    const rows = Array.from({ length: Math.min(ROWS_PER_INSERT, count - from) }, (_, i) =>
      rowOf(from + i, event.id, userId, startsAt, approval),
    )
    await db.insert(photos).values(rows)
  }
  return event
}

const SHAPES = [
  [6000, 4000],
  [4000, 6000],
  [6000, 4000],
  [5472, 3648],
] as const

function rowOf(
  index: number,
  eventId: string,
  photographerId: string,
  startsAt: Date,
  approval: 'approved' | 'pending',
) {
  const [width, height] = SHAPES[index % SHAPES.length] ?? SHAPES[0]
  return {
    id: newId(),
    eventId,
    photographerId,
    fileName: `BENCH_${index}.jpg`,
    sha256: randomBytes(32).toString('hex'),
    bytes: 8_000_000,
    format: 'jpg',
    state: 'processed' as const,
    approval,
    width,
    height,
    takenAt: new Date(startsAt.getTime() + index * 4_000),
    averageColor: '#8a8078',
    placeholder: randomBytes(24),
    processedAt: startsAt,
  }
}
