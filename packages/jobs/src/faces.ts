import { z } from 'zod'
import { defineJob } from './job.ts'

/**
 * Reads a selfie: decodes it, finds its face, and enqueues the search with what it found. Apart from `searchFaces`, so
 * that a search with an embedding never waits behind somebody's picture.
 */
export const readSelfies = defineJob({
  queue: 'faces-selfie',
  data: z.strictObject({
    searchId: z.uuid(),
    eventId: z.uuid(),
    /** The session whose selfie it is: it has one read at a time. */
    visitor: z.uuid(),
    /** Where it came from, as a keyed hash: networks take turns. A sweep doesn't know it. */
    network: z.string().max(64).optional(),
  }),
  key: ({ searchId }) => searchId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

export type SelfieJob = z.output<typeof readSelfies.data>

/**
 * Answers one face search. Has a queue and a process of its own, so bulk never delays it. The event, which never changes,
 * says whose index is asked: nobody on the way has to read the row for it.
 */
export const searchFaces = defineJob({
  queue: 'faces-search',
  data: z.strictObject({ searchId: z.uuid(), eventId: z.uuid() }),
  key: ({ searchId }) => searchId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

export type SearchJob = z.output<typeof searchFaces.data>

/** Says who is who among an event's faces. Each has a process of its own, so that a long one never delays a search. */
export const groupFaces = defineJob({
  queue: 'faces-group',
  data: z.strictObject({ eventId: z.uuid() }),
  key: ({ eventId }) => eventId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

/** Reads a processed photo again, for faces of the model version that its event changes to. Waits behind new photos. */
export const rereadPhoto = defineJob({
  queue: 'faces-reread',
  data: z.strictObject({ photoId: z.uuid() }),
  key: ({ photoId }) => photoId,
  backlogLimit: 100,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

/** Looks through all faces of an event for those of somebody who objected: photos not on sale, and faces of other engines. */
export const applyObjection = defineJob({
  queue: 'faces-objection',
  data: z.strictObject({ objectionId: z.uuid() }),
  key: ({ objectionId }) => objectionId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

/**
 * Where a probe embedding, a phone's or a selfie's, waits until its search is answered (`writeProbes` of the engine). Only Redis, only
 * this long; never PostgreSQL, logs or job data (spec/20).
 */
export const probeKey = (searchId: string): string => `search:probe:${searchId}`
export const PROBE_TTL_SECONDS = 600

/**
 * The faces of a selfie that shows several, while its owner chooses: one for each box, in the boxes' order. Only Redis, at most as long as the selfie itself.
 */
export const facesKey = (searchId: string): string => `search:faces:${searchId}`
export const FACES_TTL_SECONDS = 3600

/**
 * The face of a search that has its answer: photos that come later are compared with it, while its person has the results
 * open. Only Redis, and from the search's beginning at most as long as a selfie.
 */
export const liveProbeKey = (searchId: string): string => `search:live:${searchId}`
export const LIVE_PROBE_TTL_SECONDS = 3600

/**
 * The faces of a selfie of somebody who does not want to be found, by the model version that made them (`writeProbes`), until
 * they confirm what was found: a Redis hash, in the boxes' order. Only Redis, at most as long as the selfie itself.
 */
export const objectorKey = (searchId: string): string => `search:objector:${searchId}`
export const OBJECTOR_TTL_SECONDS = 3600
