import { OBJECTION_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const FaceEngine = z.enum(['sface', 'face-api']).meta({ id: 'FaceEngine' })
export type FaceEngine = z.infer<typeof FaceEngine>

/** The engine that an event is searched with, and how far a change to another is. */
export const EventEngine = z
  .object({
    /** Null before the first photo is read, and for an outdated event. */
    engine: FaceEngine.nullable(),
    /**
     * Its faces were made by a version of an engine that no longer exists: new photos and selfies wait until it is
     * changed.
     */
    outdated: z.boolean(),
    /**
     * `reading`: its photos are read again, and searches go on with the present faces; `failed`: some photos cannot be
     * read, and all others are; `tidying`: the change is done, or was cancelled, and faces that nothing looks at any
     * more are deleted within minutes.
     */
    state: z.enum(['settled', 'reading', 'failed', 'tidying']),
    /** The change that goes on now, or the last one while it is tidied up. */
    change: z
      .object({
        id: Id,
        to: FaceEngine.nullable(),
        askedAt: Instant,
        /** Processed photos of the event, those of them that were read again, and those given up after three tries. */
        photos: z.int(),
        read: z.int(),
        failed: z.int(),
      })
      .nullable(),
    /**
     * People whose face another engine does not know, by that engine: those who do not want to be found, and those who
     * want a letter when a new photo of them appears.
     */
    unknown: z.array(
      z.object({
        engine: FaceEngine,
        people: z.array(
          z.object({
            /** The objection, or the alert. */
            id: Id,
            kind: z.enum([...OBJECTION_KINDS, 'alert']),
            at: Instant,
            /** They gave an address, and it is confirmed where it has to be: a change writes to them. */
            hasAddress: z.boolean(),
          }),
        ),
      }),
    ),
    /** The workers that run now. */
    workers: z.object({
      count: z.int(),
      /** Engines whose weights one of them has. */
      engines: z.array(FaceEngine),
      /** Engines that a worker should prefer and whose weights it lacks. */
      missing: z.array(FaceEngine),
    }),
  })
  .meta({ id: 'EventEngine' })
export type EventEngine = z.infer<typeof EventEngine>

export const readEventEngine = {
  method: 'GET',
  url: '/events/:id/face-engine',
  config: { access: 'manager' },
  schema: {
    summary: 'The face engine of an event, and how far a change to another is',
    tags: ['faces'],
    params: IdParams,
    response: { 200: EventEngine, 404: problem('not_found') },
  },
} as const satisfies Contract

export const changeEventEngine = {
  method: 'POST',
  url: '/events/:id/face-engine',
  config: { access: 'manager' },
  schema: {
    summary:
      "Read an event's photos again with another face engine; searches go on meanwhile. People who object and whom it does not know are written to. Again: new tries for photos that failed",
    tags: ['faces'],
    params: IdParams,
    body: z.strictObject({ engine: FaceEngine }),
    response: { 202: EventEngine, 404: problem('not_found'), 409: problem('illegal_state', 'face_engine_missing') },
  },
} as const satisfies Contract

export const cancelEventEngine = {
  method: 'DELETE',
  url: '/events/:id/face-engine',
  config: { access: 'manager' },
  schema: {
    summary: 'Leave an event on the face engine it has',
    tags: ['faces'],
    params: IdParams,
    response: { 200: EventEngine, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract
