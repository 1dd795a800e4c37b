import type { Db, Tx } from '@pix/db/client.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { findAlertsUnknownTo, findUnknownTo } from '@pix/db/unknown-to-model.ts'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { moveMatches, sameFaceOf } from './same-face.ts'

export interface ChangeDeps {
  db: Db
  now: () => Date
  /** Loads the index of an event's faces of a model once, so that its snapshot is there when searches begin to ask for it. */
  warm: (eventId: string, model: string) => Promise<void>
}

/** Somebody's face is kept for this event, and not for the new model. */
async function knowsNotAll(db: Db, { eventId, toModel }: Pick<typeof faceRereads.$inferSelect, 'eventId' | 'toModel'>) {
  if ((await findUnknownTo(db, eventId, toModel)).length > 0) return true
  return (await findAlertsUnknownTo(db, eventId, toModel)).length > 0
}

/**
 * Lets the searches of an event look at its new faces, once every processed photo has been read for them. One
 * transaction: a search looks at the faces of one model or of the other, and each has all photos. It is short, since
 * approvals wait for it: what takes long is done before. People who object, or wait for new
 * photos of them, and whom the new model does not know are written to first, by the api.
 */
export async function changeModel(
  { db, now, warm }: ChangeDeps,
  rereadId: string,
): Promise<'changed' | 'not_yet' | 'over'> {
  const [reread] = await db
    .select()
    .from(faceRereads)
    .where(and(eq(faceRereads.id, rereadId), isGoingOn))
  if (!reread) return 'over'
  if (reread.objectorsNotifiedAt === null && (await knowsNotAll(db, reread))) return 'not_yet'
  if (await hasUnread(db, reread)) return 'not_yet'
  await warm(reread.eventId, reread.toModel)
  await carryPeople(db, reread)
  const outcome = await db
    .transaction(async tx => {
      // The event is locked first: a photo that is just being recorded is waited for, and later ones know the new
      // model.
      const [event] = await tx
        .update(events)
        .set({ indexRevision: sql`${events.indexRevision} + 1`, faceModel: reread.toModel, faceBound: null })
        .where(eq(events.id, reread.eventId))
        .returning({ revision: events.indexRevision })
      const [changed] = await tx
        .update(faceRereads)
        .set({ changedAt: now() })
        .where(and(eq(faceRereads.id, rereadId), isGoingOn))
        .returning({ id: faceRereads.id })
      if (!event || !changed) throw new RolledBack('over')
      if (await hasUnread(tx, reread)) throw new RolledBack('not_yet')
      await carryHidden(tx, reread)
      await renewPhotos(tx, reread, event.revision)
      return 'changed' as const
    })
    .catch((error: unknown) => {
      if (error instanceof RolledBack) return error.outcome
      throw error
    })
  if (outcome === 'changed') await moveMatches(db, reread)
  return outcome
}

type Reread = typeof faceRereads.$inferSelect

/** Ends the transaction without its changes. */
class RolledBack extends Error {
  readonly outcome: 'not_yet' | 'over'
  constructor(outcome: 'not_yet' | 'over') {
    super(outcome)
    this.outcome = outcome
  }
}

async function hasUnread(tx: Db | Tx, { id, eventId }: Reread): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from photos
    where event_id = ${eventId} and state = 'processed' and taken_down_at is null and not exists (
      select from reread_photos where reread_id = ${id} and photo_id = photos.id and read_at is not null)
    limit 1`)
  return rows.length > 0
}

/**
 * Photos on sale that changed since the change was asked for count as changed once more: an index of the new model that
 * was loaded too early may have read them without their new faces. All photos count as changed where another change was
 * asked for before, even one that was cancelled: some process or a snapshot may hold an index of faces that are gone.
 */
async function renewPhotos(tx: Tx, { id, eventId, askedRevision }: Reread, revision: number): Promise<void> {
  await tx.execute(sql`
    update photos set index_revision = ${revision}
    where event_id = ${eventId} and approval = 'approved' and (
      index_revision > ${askedRevision}
      or exists (select from face_rereads where event_id = ${eventId} and id <> ${id}))`)
}

/**
 * Carries people over, where an admin asked for the event's people: the new faces have the people of the old ones,
 * until they are grouped again.
 */
async function carryPeople(db: Db, reread: Reread): Promise<void> {
  const asked = and(eq(eventPeople.eventId, reread.eventId), isNotNull(eventPeople.revision))
  const [people] = await db.select({ eventId: eventPeople.eventId }).from(eventPeople).where(asked)
  if (!people) return
  await db.execute(sql`
    update faces set person_id = old.person_id
    from (
      select distinct on (same.new_id) same.new_id, same.overlap, old.id, old.person_id
      from faces old, lateral ${sameFaceOf('old', reread.toModel)} same
      where old.event_id = ${reread.eventId} and old.model_version = ${reread.fromModel} and old.person_id is not null
      order by same.new_id, same.overlap desc, old.id
    ) old
    where faces.id = old.new_id`)
}

/** Hidden people stay hidden: the new faces of the same places are, too. */
async function carryHidden(tx: Tx, reread: Reread): Promise<void> {
  await tx.execute(sql`
    insert into hidden_faces (objection_id, event_id, face_id, unsure)
    select hidden.objection_id, hidden.event_id, same.new_id, bool_and(hidden.unsure)
    from hidden_faces hidden
    join faces old on old.id = hidden.face_id, lateral ${sameFaceOf('old', reread.toModel)} same
    where hidden.event_id = ${reread.eventId} and old.model_version = ${reread.fromModel}
    group by 1, 2, 3
    on conflict do nothing`)
}
