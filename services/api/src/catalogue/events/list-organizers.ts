import type { listOrganizers as contract, Organizer } from '@pix/contracts/event-form.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../base/cursor.ts'
import { inNamedStudio } from '../../people/studios/index.ts'

/** By name, then id: those of a studio's events; all for a platform admin who names no studio. */
export async function listOrganizers(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Organizer[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([name, id]) => (typeof name === 'string' && isId(id) ? { name, id } : null))
  const rows = await inNamedStudio(ctx, query.studio, ({ db, studioId }) => {
    const isTheirs = and(eq(events.organizerId, organizers.id), eq(events.studioId, sql`${studioId}`))
    return db
      .select({ id: organizers.id, name: organizers.name })
      .from(organizers)
      .where(
        and(
          studioId === null ? undefined : sql`exists (select 1 from ${events} where ${isTheirs})`,
          after ? sql`(${organizers.name}, ${organizers.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(organizers.name), asc(organizers.id))
      .limit(query.limit + 1)
  })
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > items.length && last ? encodeCursor([last.name, last.id]) : null }
}
