import type { Db, Tx } from '@pix/db/client.ts'
import { deleteFaces, type FaceOfPhoto } from '@pix/db/delete-faces.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { keptOut } from '@pix/faces/judge/kept-out.ts'
import type { Probe } from '@pix/faces/judge/find-matches.ts'
import { readProbes } from '@pix/faces/index/probe-bytes.ts'
import { objectorKey } from '@pix/jobs/faces.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, asc, eq, gt, isNull, notExists, sql } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { floatsOf } from '../searches/catch-up.ts'

interface ApplyDeps {
  db: Db
  redis: Redis
  log: Log
  now: () => Date
}

/** Faces read at a time: a megabyte. */
const PAGE = 2_000

/**
 * Looks once through all faces of an event for those of somebody who objected. The api took out what their search found; this
 * finds what no search looks at: photos not on sale yet, and faces of another engine. Photos that their search showed and
 * that they did not confirm stay. Repeating it changes nothing.
 */
export async function applyObjection({ db, redis, log, now }: ApplyDeps, objectionId: string): Promise<string> {
  const [objection] = await db
    .select()
    .from(objections)
    .where(and(eq(objections.id, objectionId), isNull(objections.lookedAt), isNull(objections.endedAt)))
  if (!objection) return 'nothing'
  let found = 0
  for (const [model, probe] of await readObjector({ db, redis }, objection))
    found += await takeOut({ db, now }, objection, model, probe)
  await redis.del(objectorKey(objection.searchId))
  await db.update(objections).set({ lookedAt: now() }).where(eq(objections.id, objectionId))
  log.info(
    { objectionId, eventId: objection.eventId, faces: found },
    'an event was looked through for somebody who objected',
  )
  return 'looked_through'
}

type Objection = typeof objections.$inferSelect

/** Their face by model version: those kept, and those of the selfie as long as Redis has them. */
async function readObjector(
  { db, redis }: Pick<ApplyDeps, 'db' | 'redis'>,
  { id, searchId }: Objection,
): Promise<Map<string, Probe>> {
  const [search] = await db.select({ chosen: searches.chosenFace }).from(searches).where(eq(searches.id, searchId))
  const probes = new Map<string, Probe>()
  for (const bytes of Object.values(await redis.hgetallBuffer(objectorKey(searchId)))) {
    const face = readProbes(bytes)[search?.chosen ?? 0]
    if (face && face.quality > 0) probes.set(face.model, face)
  }
  for (const { modelVersion, embedding, quality } of await db
    .select()
    .from(keptFaces)
    .where(eq(keptFaces.objectionId, id)))
    probes.set(modelVersion, { embedding: floatsOf(embedding), quality })
  return probes
}

/** @returns how many faces were hidden or deleted */
async function takeOut(
  { db, now }: Pick<ApplyDeps, 'db' | 'now'>,
  objection: Objection,
  model: string,
  probe: Probe,
): Promise<number> {
  const { eventId } = objection
  const ofModel = and(eq(faces.eventId, eventId), eq(faces.modelVersion, model))
  const isTheirs = keptOut(probe, await db.$count(faces, ofModel), model)
  let count = 0
  for (let after: string | undefined; ;) {
    const page = await db
      .select({ id: faces.id, photoId: faces.photoId, embedding: faces.embedding, quality: faces.quality })
      .from(faces)
      .where(and(ofModel, notShown(db, objection), after === undefined ? undefined : gt(faces.id, after)))
      .orderBy(asc(faces.id))
      .limit(PAGE)
    const theirs = page.filter(({ embedding, quality }) => isTheirs({ embedding: floatsOf(embedding), quality }))
    count += await db.transaction(tx => takeOutFaces({ db: tx, now }, objection, theirs))
    if (page.length < PAGE) return count
    after = page.at(-1)!.id
  }
}

/** SQL on faces: the person's search did not show the photo, so the person has not said whether they are on it. */
const notShown = (db: Db, { searchId }: Objection) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(searchMatches)
      .where(and(eq(searchMatches.searchId, searchId), eq(searchMatches.photoId, faces.photoId))),
  )

/**
 * Counts and logs them in the transaction that takes them out: a worker that is killed has counted each of them or none.
 *
 * @param theirs some may be taken out already
 */
async function takeOutFaces(
  { db, now }: { db: Tx; now: () => Date },
  objection: Objection,
  theirs: readonly FaceOfPhoto[],
): Promise<number> {
  if (theirs.length === 0) return 0
  const { id: objectionId, eventId, searchId, kind: way, sessionId, userId } = objection
  const faceIds = theirs.map(({ id }) => id)
  const taken = way === 'delete' ? await deleteFaces(db, faceIds) : await hideTheirs(db, objection, theirs)
  if (taken.length === 0) return 0
  const whose = { objectionId, eventId, searchId, way, sessionId, userId }
  const gone = taken.map(({ id: faceId, photoId }) => ({ faceId, photoId, unsure: false }))
  await logDeletions({ db, now }, [{ kind: 'objection', ...whose, faces: gone }])
  const faceCount = sql`${objections.faceCount} + ${taken.length}`
  await db.update(objections).set({ faceCount }).where(eq(objections.id, objectionId))
  return taken.length
}

/** @returns those that were not hidden before */
async function hideTheirs(
  db: Tx,
  { id: objectionId, eventId }: Objection,
  theirs: readonly FaceOfPhoto[],
): Promise<FaceOfPhoto[]> {
  const rows = theirs.map(({ id: faceId }) => ({ objectionId, eventId, faceId }))
  const hidden = await db
    .insert(hiddenFaces)
    .values(rows)
    .onConflictDoNothing()
    .returning({ faceId: hiddenFaces.faceId })
  const ids = new Set(hidden.map(({ faceId }) => faceId))
  return theirs.filter(({ id }) => ids.has(id))
}
