import type { Db, Queryable, Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { MOST_FOUND, type PhotoMatch } from '@pix/faces/judge/find-matches.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'

export type Answer =
  | {
      state: 'done'
      faceCount: number
      matches: PhotoMatch[]
      /** The event's index revision up to which photos were looked at, at least. */
      revision: number
      /** Until when the search's face is kept for photos that come later. */
      liveUntil: Date | null
    }
  | { state: 'choose_face'; boxes: { x: number; y: number; width: number; height: number }[] }
  | { state: 'failed'; code: string; hints: string[] }

/**
 * Writes matches and state in one transaction: no more than `MOST_FOUND` rows, which one INSERT takes.
 *
 * @returns false when the search was withdrawn or has its answer already
 */
export async function recordAnswer(
  { db, now }: { db: Db; now: () => Date },
  searchId: string,
  answer: Answer,
): Promise<boolean> {
  return db.transaction(async tx => {
    const open = and(eq(searches.id, searchId), inArray(searches.state, ['queued', 'processing']))
    const columns = columnsOf(answer, now())
    const [row] = await tx.update(searches).set(columns).where(open).returning({ id: searches.id })
    if (!row) return false
    if (answer.state === 'done') {
      await tx.delete(searchMatches).where(eq(searchMatches.searchId, searchId))
      await addMatches(tx, searchId, answer.matches)
    }
    return true
  })
}

/** Photos of the search's event that are on sale: a kept number. */
const onSale = sql<number>`(select ${events.photoCount} from ${events} where ${events.id} = ${searches.eventId})`

function columnsOf(answer: Answer, now: Date): PgUpdateSetSource<typeof searches> {
  if (answer.state === 'choose_face') return { state: answer.state, faceBoxes: answer.boxes }
  if (answer.state === 'failed')
    return { state: answer.state, problemCode: answer.code, problemHints: answer.hints, faceBoxes: [], finishedAt: now }
  return {
    state: answer.state,
    photoCount: onSale,
    faceBoxes: [],
    finishedAt: now,
    seenRevision: answer.revision,
    liveUntil: answer.liveUntil,
  }
}

/**
 * Adds to a search that has its answer what was found since. What it found before stays as it was: its person may be
 * looking at it, and may have said of it that it is not them. Of what only may be them a search keeps as much as at first.
 *
 * @returns how many photos are new; none when the search was withdrawn meanwhile
 */
export async function recordNews(
  db: Db,
  searchId: string,
  { matches, revision }: { matches: readonly PhotoMatch[]; revision: number },
): Promise<number> {
  const known = await db
    .select({ photoId: searchMatches.photoId })
    .from(searchMatches)
    .where(eq(searchMatches.searchId, searchId))
  const photoIds = new Set(known.map(({ photoId }) => photoId))
  const news = matches
    .filter(({ photoId }) => !photoIds.has(photoId))
    .filter(({ band }, n) => band !== 'maybe' || photoIds.size + n < MOST_FOUND)
  const seen = (queryable: Queryable) =>
    queryable
      .update(searches)
      .set({ photoCount: onSale, seenRevision: revision })
      .where(and(eq(searches.id, searchId), eq(searches.state, 'done')))
      .returning({ id: searches.id })
  if (news.length === 0) {
    await seen(db)
    return 0
  }
  return db.transaction(async tx => ((await seen(tx)).length > 0 ? addMatches(tx, searchId, news) : 0))
}

/** Photos that are matches of the search already are passed over. @returns how many were added */
async function addMatches(tx: Tx, searchId: string, matches: readonly PhotoMatch[]): Promise<number> {
  if (matches.length === 0) return 0
  const there = await facesOnSale(tx, matches)
  const rows = matches
    .filter(match => there.has(match.faceId))
    .map(({ photoId, faceId, distance, confidence, band }) => ({
      searchId,
      photoId,
      faceId,
      distance,
      confidence,
      band,
    }))
  if (rows.length === 0) return 0
  return (await tx.insert(searchMatches).values(rows).onConflictDoNothing()).rowCount ?? 0
}

/** A photo may have left the sale, or be deleted, since the index was brought up to date. */
async function facesOnSale(tx: Tx, matches: readonly { faceId: string }[]): Promise<Set<string>> {
  const ids = matches.map(match => match.faceId)
  const rows = await tx
    .select({ id: faces.id })
    .from(faces)
    .innerJoin(photos, eq(photos.id, faces.photoId))
    .where(and(inArray(faces.id, ids), eq(photos.approval, 'approved')))
  return new Set(rows.map(row => row.id))
}
