import { FOUND_MOST, type FoundEvent, type FoundSearch, type listFound as contract } from '@pix/contracts/found.ts'
import { isFound } from '@pix/db/hidden-faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { and, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { searchedBy } from '../../../base/caller.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { boughtPhotoIds } from '../../entitlements/index.ts'
import { isOnSale } from '../../events/index.ts'
import { approvedCover, seenPhoto, summarizeEvent } from '../../photos/index.ts'

const KEPT_MS = KEPT.resultsDays * 86_400_000

/** Events in which this buyer was found, newest search first, with the found photos that can be seen now. */
export async function listFound(
  ctx: BuyerContext,
  { eventId }: z.output<typeof contract.schema.querystring>,
): Promise<{ items: FoundEvent[] }> {
  const byEvent = new Map<string, FoundEvent>()
  for (const row of await readFound(ctx, eventId)) {
    const { event, cover, createdAt, ...counts } = row
    const entry = byEvent.get(event.id) ?? {
      event: summarizeEvent(event, cover),
      onSaleNow: isOnSale(event, ctx.now()),
      searches: [],
    }
    entry.searches.push({
      ...counts,
      searchedAt: createdAt.toISOString(),
      until: new Date(createdAt.getTime() + KEPT_MS).toISOString(),
    } satisfies FoundSearch)
    byEvent.set(event.id, entry)
  }
  return { items: [...byEvent.values()] }
}

const countOf = (which: SQL) => sql<number>`count(*) filter (where ${which})::int`

/** What is over is not shown, even before the sweep has deleted it. */
function readFound(ctx: BuyerContext, eventId: string | undefined) {
  const { db, buyer, now } = ctx
  return db
    .select({
      id: searches.id,
      createdAt: searches.createdAt,
      event: events,
      cover: approvedCover,
      found: countOf(inArray(searchMatches.band, ['sure', 'likely'])),
      maybe: countOf(eq(searchMatches.band, 'maybe')),
      bought: countOf(inArray(photos.id, boughtPhotoIds(db, buyer, now()))),
    })
    .from(searches)
    .innerJoin(events, eq(events.id, searches.eventId))
    .innerJoin(searchMatches, and(eq(searchMatches.searchId, searches.id), eq(searchMatches.hidden, false)))
    .innerJoin(photos, eq(photos.id, searchMatches.photoId))
    .where(
      and(
        searchedBy(buyer, searches),
        eq(searches.state, 'done'),
        eq(searches.forObjection, false),
        gt(searches.createdAt, new Date(now().getTime() - KEPT_MS)),
        eventId === undefined ? undefined : eq(searches.eventId, eventId),
        seenPhoto(ctx),
        isFound(db, buyer),
      ),
    )
    .groupBy(searches.id, events.id)
    .orderBy(desc(searches.createdAt), desc(searches.id))
    .limit(FOUND_MOST)
}
