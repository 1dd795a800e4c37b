import { sql } from 'drizzle-orm'
import type { Tx } from './client.ts'

/**
 * Keeps the event's cover among its photos on sale: a cover is chosen with the first photo, and again when the cover
 * has left the sale.
 */
export async function chooseCover(tx: Tx, eventId: string): Promise<void> {
  await tx.execute(sql`
    update events set cover_photo_id = (
      select p.id from photos p where p.event_id = events.id and p.approval = 'approved'
      order by (p.width >= p.height) desc, least(p.face_count, 6) desc, p.taken_at, p.id limit 1
    )
    where events.id = ${eventId} and not exists (
      select 1 from photos c where c.id = events.cover_photo_id and c.approval = 'approved'
    )`)
}
