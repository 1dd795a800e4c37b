import { and, eq, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { sessions } from './schema/auth.ts'
import { hiddenFaces, objections } from './schema/objections.ts'
import { faces } from './schema/photos.ts'
import { searches, searchMatches } from './schema/searches.ts'

/** Who searches: a session and the user that it carries, as values or, where a query finds them itself, as SQL. */
interface Searcher {
  sessionId: string | SQLWrapper
  userId: string | null | SQLWrapper
}

/**
 * A condition on hidden faces, joined with their objection: this session and its user do not find the face. The person
 * who hid a face still finds it. Nobody finds a face that is to be deleted.
 */
const isHiddenFrom = ({ sessionId, userId }: Searcher): SQL => {
  const ofUser = userId === null ? sql`false` : sql`${objections.userId} = (${userId})`
  const isOwn = sql`(${objections.sessionId} = ${sessionId} or ${ofUser})`
  return sql`(${objections.kind} <> 'hide' or ${isOwn} is not true)`
}

/** A condition on matches of a search: the face is not hidden from the searcher. */
export function isFound(db: Queryable, searcher: Searcher): SQL {
  const hidden = db
    .select({ one: sql`1` })
    .from(hiddenFaces)
    .innerJoin(objections, eq(objections.id, hiddenFaces.objectionId))
    .where(sql`${hiddenFaces.faceId} = ${searchMatches.faceId} and ${isHiddenFrom(searcher)}`)
  return sql`not exists ${hidden}`
}

/** The photos of an event that show a face which is hidden from the searcher, as a subquery. */
export const photosOfHidden = (db: Queryable, searcher: Searcher, eventId: string) =>
  db
    .select({ id: faces.photoId })
    .from(hiddenFaces)
    .innerJoin(objections, eq(objections.id, hiddenFaces.objectionId))
    .innerJoin(faces, eq(faces.id, hiddenFaces.faceId))
    .where(and(eq(hiddenFaces.eventId, eventId), isHiddenFrom(searcher)))

/**
 * SQL: the hidden faces of its event that a search must not find. A searcher finds the faces that they hid themselves.
 */
export const hiddenFrom = (search: typeof searches): SQL<string[]> => {
  const { sessionId } = search
  const userId = sql`(select ${sessions.userId} from ${sessions} where ${sessions.id} = ${sessionId})`
  return sql<string[]>`array(
    select ${hiddenFaces.faceId} from ${hiddenFaces}
    join ${objections} on ${objections.id} = ${hiddenFaces.objectionId}
    where ${hiddenFaces.eventId} = ${search.eventId} and ${isHiddenFrom({ sessionId, userId })})`
}
