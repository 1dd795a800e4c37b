import type { Db, Tx } from '@pix/db/client.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import type { PhotoMatch } from '@pix/faces/judge/find-matches.ts'
import { and, count, eq, inArray } from 'drizzle-orm'

export type Answer =
  | {
      state: 'done'
      eventId: string
      faceCount: number
      matches: PhotoMatch[]
      /** The event's index revision up to which photos were looked at, at least. */
      revision: number
      /** Until when the search's face is kept for photos that come later. */
      liveUntil: Date | null
    }
  | { state: 'choose_face'; boxes: { x: number; y: number; width: number; height: number }[] }
  | { state: 'failed'; code: string; hints: string[] }

/** Rows per INSERT: PostgreSQL takes 65,535 parameters. */
const CHUNK = 5_000

/** Writes matches and state in one transaction. False when the search was withdrawn or has its answer already. */
export async function recordAnswer(
  { db, now }: { db: Db; now: () => Date },
  searchId: string,
  answer: Answer,
): Promise<boolean> {
  return db.transaction(async tx => {
    const open = and(eq(searches.id, searchId), inArray(searches.state, ['queued', 'processing']))
    const columns = await columnsOf(tx, answer, now())
    const [row] = await tx.update(searches).set(columns).where(open).returning({ id: searches.id })
    if (!row) return false
    if (answer.state === 'done') {
      await tx.delete(searchMatches).where(eq(searchMatches.searchId, searchId))
      await addMatches(tx, searchId, answer.matches)
    }
    return true
  })
}

async function columnsOf(tx: Tx, answer: Answer, now: Date): Promise<Partial<typeof searches.$inferInsert>> {
  if (answer.state === 'choose_face') return { state: answer.state, faceBoxes: answer.boxes }
  if (answer.state === 'failed')
    return { state: answer.state, problemCode: answer.code, problemHints: answer.hints, faceBoxes: [], finishedAt: now }
  return {
    state: answer.state,
    photoCount: await countOnSale(tx, answer.eventId),
    faceBoxes: [],
    finishedAt: now,
    seenRevision: answer.revision,
    liveUntil: answer.liveUntil,
  }
}

/**
 * Adds to a search that has its answer what was found since. What it found before stays as it was: its person may be
 * looking at it, and may have said of it that it is not them.
 *
 * @returns how many photos are new; none when the search was withdrawn meanwhile
 */
export async function recordNews(
  db: Db,
  search: { id: string; eventId: string },
  { matches, revision }: { matches: readonly PhotoMatch[]; revision: number },
): Promise<number> {
  return db.transaction(async tx => {
    const columns = { photoCount: await countOnSale(tx, search.eventId), seenRevision: revision }
    const there = and(eq(searches.id, search.id), eq(searches.state, 'done'))
    const [row] = await tx.update(searches).set(columns).where(there).returning({ id: searches.id })
    return row ? addMatches(tx, search.id, matches) : 0
  })
}

async function countOnSale(tx: Tx, eventId: string): Promise<number> {
  const onSale = and(eq(photos.eventId, eventId), eq(photos.approval, 'approved'))
  const [searched] = await tx.select({ photos: count() }).from(photos).where(onSale)
  return searched?.photos ?? 0
}

/** Photos that are matches of the search already are passed over. @returns how many were added */
async function addMatches(tx: Tx, searchId: string, matches: readonly PhotoMatch[]): Promise<number> {
  let added = 0
  for (let from = 0; from < matches.length; from += CHUNK) {
    const chunk = matches.slice(from, from + CHUNK)
    const onSale = await facesOnSale(tx, chunk)
    const rows = chunk
      .filter(match => onSale.has(match.faceId))
      .map(({ photoId, faceId, distance, confidence, band }) => ({
        searchId,
        photoId,
        faceId,
        distance,
        confidence,
        band,
      }))
    if (rows.length > 0) added += (await tx.insert(searchMatches).values(rows).onConflictDoNothing()).rowCount ?? 0
  }
  return added
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
