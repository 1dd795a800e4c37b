import type { Db, Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { groupPeople } from '@pix/faces/group/group-people.ts'
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { keepIds } from './keep-ids.ts'
import type { EventIndexes } from '../searches/event-indexes.ts'

export interface GroupDeps {
  db: Db
  indexes: EventIndexes
  now: () => Date
}

/** How a grouping ended; `unchanged` also when another one was faster. */
export interface GroupOutcome {
  state: 'grouped' | 'unchanged' | 'not_asked'
  /** Faces that have a person now. */
  faces: number
  people: number
}

/** Faces written at a time. */
const CHUNK = 10_000

/**
 * Writes who is who into the faces of an event's photos on sale. Faces that have left the sale, or were too poor to be
 * grouped, have nobody. People decided before keep their ids, so it can be repeated as photos arrive; for the same faces it
 * changes nothing. Where the event's photos were read again with other models everybody is decided again, and the new
 * people take the ids of those whose faces they have.
 */
export async function groupEvent({ db, indexes, now }: GroupDeps, eventId: string): Promise<GroupOutcome> {
  const asked = await findAsked(db, eventId)
  if (!asked) return { state: 'not_asked', faces: 0, people: 0 }
  if (asked.revision === asked.current) return { state: 'unchanged', faces: 0, people: 0 }
  // An event without a model has no faces: any index of it is empty.
  const model = asked.model ?? ''
  const index = await indexes.upToDate(eventId, model)
  const rows = await readFaces(db, eventId, model)
  // A face that came since the index was read would be near nobody, and would count as a new person for ever.
  const indexed = rows.filter(row => row.onSale && index.rowOf(row.photoId, row.faceId) !== -1)
  const known = new Map(indexed.flatMap(row => (row.personId === null ? [] : [[row.faceId, row.personId] as const])))
  const people =
    asked.peopleModel === asked.model ? groupPeople(indexed, index, known) : keepIds(groupPeople(indexed, index), known)
  const changes = rows
    .map(({ faceId, personId }) => ({ faceId, before: personId, personId: people.get(faceId) ?? null }))
    .filter(({ before, personId }) => before !== personId)
  const written = await db.transaction(tx => write(tx, eventId, asked, changes, now()))
  if (!written) return { state: 'unchanged', faces: 0, people: 0 }
  return { state: 'grouped', faces: people.size, people: new Set(people.values()).size }
}

interface Asked {
  /** The revision that the people are of. */
  revision: number | null
  /** The event's. */
  current: number
  /** The model version of the faces that the people are of, and of those that the event's searches look at. */
  peopleModel: string | null
  model: string | null
}

/** Undefined unless an admin asked, and the basis for looking at faces is still on record. */
async function findAsked(db: Db, eventId: string): Promise<Asked | undefined> {
  const [asked] = await db
    .select({
      revision: eventPeople.revision,
      current: events.indexRevision,
      peopleModel: eventPeople.faceModel,
      model: events.faceModel,
    })
    .from(eventPeople)
    .innerJoin(events, eq(events.id, eventPeople.eventId))
    .where(and(eq(eventPeople.eventId, eventId), isNotNull(events.faceSearchAt)))
  return asked
}

/** Every face that may have, or has, a person. */
const readFaces = (db: Db, eventId: string, model: string) =>
  db
    .select({
      faceId: faces.id,
      photoId: faces.photoId,
      quality: faces.quality,
      personId: faces.personId,
      onSale: sql<boolean>`${photos.approval} = 'approved' and ${faces.modelVersion} = ${model}`,
    })
    .from(faces)
    .innerJoin(photos, eq(photos.id, faces.photoId))
    .where(and(eq(faces.eventId, eventId), or(eq(photos.approval, 'approved'), isNotNull(faces.personId))))

/** @returns false when another grouping has written since `asked` was read: this one then changes nothing */
async function write(
  tx: Tx,
  eventId: string,
  asked: Asked,
  changes: readonly { faceId: string; personId: string | null }[],
  now: Date,
): Promise<boolean> {
  const mine = asked.revision === null ? isNull(eventPeople.revision) : eq(eventPeople.revision, asked.revision)
  const [row] = await tx
    .update(eventPeople)
    .set({ revision: asked.current, groupedAt: now, faceModel: asked.model })
    .where(and(eq(eventPeople.eventId, eventId), mine))
    .returning({ eventId: eventPeople.eventId })
  if (!row) return false
  for (let from = 0; from < changes.length; from += CHUNK) {
    const chunk = changes.slice(from, from + CHUNK)
    const [faceIds, personIds] = [chunk.map(change => change.faceId), chunk.map(change => change.personId)]
    await tx.execute(sql`
      update faces set person_id = v.person
      from unnest(${sql.param(faceIds)}::uuid[], ${sql.param(personIds)}::uuid[]) as v (face, person)
      where faces.id = v.face`)
  }
  return true
}
