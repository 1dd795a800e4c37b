import type { listOrganizers as contract, Organizer } from '@pix/contracts/event-form.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { and, asc, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../base/cursor.ts'
import { managedBy } from './visibility.ts'

/** By name, then id: those of events that the caller manages; for a platform admin all. */
export async function listOrganizers(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Organizer[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([name, id]) => (typeof name === 'string' && isId(id) ? { name, id } : null))
  const known = sql`exists (select 1 from ${events} where ${events.organizerId} = ${organizers.id} and ${managedBy(ctx)})`
  const rows = await ctx.db
    .select({ id: organizers.id, name: organizers.name })
    .from(organizers)
    .where(
      and(
        ctx.caller.isPlatformAdmin ? undefined : known,
        after ? sql`(${organizers.name}, ${organizers.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(organizers.name), asc(organizers.id))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > items.length && last ? encodeCursor([last.name, last.id]) : null }
}
