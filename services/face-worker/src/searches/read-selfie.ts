import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { edgesOf, overlap } from '@pix/faces/see/boxes.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { readSelfies, searchFaces, type SelfieJob } from '@pix/jobs/faces.ts'
import { type Enqueue, PRIORITY, type JobOrigin } from '@pix/jobs/job.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { readWhole, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import type { Redis } from 'ioredis'
import { type ChildPool, TimedOut } from '../children/child-pool.ts'
import { observeSteps } from '../worker-metrics.ts'
import { SAME_FACE } from '../same-face.ts'
import { beginSearch } from './begin-search.ts'
import { forgetSelfie } from './forget-selfie.ts'
import { keepObjector } from '../objections/keep-objector.ts'
import { keepFaces, keepProbe, type KeptProbe } from './probes.ts'
import { type Answer, recordAnswer } from './record-answer.ts'
import type { Selfie, SelfieReply } from './selfie-child.ts'
import type { Turns } from './take-turns.ts'

export type SelfiePool = ChildPool<Selfie, SelfieReply, { runtime: string }>

export interface SelfieDeps {
  db: Db
  storage: Storage
  redis: Redis
  enqueue: Enqueue
  live: Live
  log: Log
  now: () => Date
  pool: SelfiePool
  turns: Turns
  /** Aborted when the worker stops: what ends its children then says nothing about their pictures. */
  stopping: AbortSignal
}

/**
 * Has a selfie read by a process of its own when its visitor's turn comes, and enqueues the search with its face. A
 * picture is tried once: one that took too long or ended its process would do so again.
 */
export async function readSelfie(deps: SelfieDeps, job: SelfieJob, origin: JobOrigin): Promise<void> {
  const asker = { visitor: job.visitor, network: job.network ?? job.visitor }
  await measured(readSelfies.queue, async () => {
    const found = await deps.turns.take(asker, () => lookAt(deps, job.searchId))
    if (found.kind === 'gone' || found.kind === 'no_engine') return found.kind
    if (found.kind === 'answer') return end(deps, job.searchId, found.answer)
    await keepProbe(deps.redis, job.searchId, found.probe)
    const { searchId, eventId } = job
    await deps.enqueue(searchFaces, { searchId, eventId }, { ...origin, priority: PRIORITY.interactive })
    return 'read'
  })
}

type Found =
  | { kind: 'gone' }
  /** The sweep enqueues it again, for another worker. */
  | { kind: 'no_engine' }
  | { kind: 'answer'; answer: Answer }
  | { kind: 'probe'; probe: KeptProbe }

async function lookAt(deps: SelfieDeps, searchId: string): Promise<Found> {
  const search = await begin(deps.db, searchId)
  if (!search) return { kind: 'gone' }
  const bytes = await readWhole(deps.storage, VANISHING_BUCKET, selfieKey(searchId))
  if (!bytes) return failed('internal') // older than an hour, or withdrawn
  try {
    const reply = await deps.pool.run({ bytes, model: search.model, byAll: search.forObjection })
    observeSteps(readSelfies.queue, reply.steps)
    return await keepReading(deps, searchId, search, reply)
  } catch (error) {
    if (deps.stopping.aborted) throw error // the sweep enqueues it again, for another worker
    deps.log.error({ err: error, searchId }, 'a selfie could not be read')
    return failed(error instanceof TimedOut ? 'image_too_large' : 'internal')
  }
}

type Search = NonNullable<Awaited<ReturnType<typeof begin>>>

async function begin(db: Db, searchId: string) {
  const { chosenFace, faceBoxes: boxes, forObjection } = searches
  const columns = { chosenFace, boxes, forObjection, model: events.faceModel }
  const [search] = await beginSearch(db, searchId).returning(columns)
  return search
}

async function keepReading(deps: SelfieDeps, searchId: string, search: Search, reply: SelfieReply): Promise<Found> {
  if (reply.kind === 'no_engine') {
    deps.log.warn({ searchId, model: search.model }, "a selfie waits for a worker that has its event's face engine")
    return reply
  }
  if (reply.kind === 'undecodable') {
    return failed(reply.refusal === 'too_many_pixels' ? 'image_too_large' : 'not_an_image')
  }
  const { reading, model } = reply
  if (reading.kind === 'refused') return failed(reading.fault, reading.hints)
  if (search.forObjection) await keepObjector(deps.redis, searchId, { model, faces: reading.faces }, reply.others)
  const face = search.chosenFace === null ? onlyOne(reading.faces) : findChosen(search, reading.faces)
  if (face) return { kind: 'probe', probe: { ...face, model } }
  await keepFaces(deps.redis, searchId, reading.faces, model)
  return { kind: 'answer', answer: { state: 'choose_face', boxes: reading.faces.map(face => face.box) } }
}

const onlyOne = (found: readonly DetectedFace[]) => (found.length === 1 ? found[0] : undefined)

/** The face that was chosen, by its box: another engine finds faces in another order. */
function findChosen({ chosenFace, boxes }: Search, found: readonly DetectedFace[]): DetectedFace | undefined {
  const box = chosenFace === null ? undefined : boxes[chosenFace]
  if (!box) return undefined
  const [nearest] = found
    .map(face => ({ face, overlap: overlap(edgesOf(face.box), edgesOf(box)) }))
    .sort((a, b) => b.overlap - a.overlap)
  return nearest && nearest.overlap >= SAME_FACE ? nearest.face : undefined
}

const failed = (code: string, hints: string[] = []): Found => ({
  kind: 'answer',
  answer: { state: 'failed', code, hints },
})

async function end(deps: SelfieDeps, searchId: string, answer: Answer): Promise<string> {
  const recorded = await recordAnswer(deps, searchId, answer)
  await deps.live.publish(`search:${searchId}`)
  if (answer.state !== 'choose_face' || !recorded) await forgetSelfie(deps, { id: searchId, source: 'selfie' })
  return answer.state
}
