import { EMBEDDING_LENGTH, type Search, type startEmbeddingSearch as embeddingContract } from '@pix/contracts/faces.ts'
import { faceModelOf } from '@pix/db/face-model-of.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { engineOf } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { PROBE_TTL_SECONDS, probeKey, readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { BuyerContext, Context } from '../../base/context.ts'
import { receiveBytes, RefusedUpload } from '../photos/index.ts'
import { Problem } from '../../base/problem.ts'
import { describeSearch } from './read-search.ts'
import type { Agreed } from './record-consent.ts'

/**
 * Takes a selfie into the bucket of things that vanish and enqueues its search. The worker deletes it with the answer.
 *
 * @param body its sender's bytes, looked at only now: the consent is on record
 */
export async function startSelfieSearch(
  ctx: BuyerContext,
  agreed: Agreed,
  body: AsyncIterable<Buffer>,
): Promise<Search> {
  const { storage, settings, buyer } = ctx
  const searchId = ctx.newId()
  const key = selfieKey(searchId)
  try {
    const selfie = await receiveBytes(body, { maxPixels: settings.SELFIE_MAX_PIXELS, minSide: null })
    await storage.put(VANISHING_BUCKET, key, selfie.body, { contentType: selfie.contentType })
    const search = await recordSearch(ctx, { id: searchId, ...agreed, source: 'selfie' })
    const { eventId } = search
    // Visitors wait in turn, and so do networks.
    const turn = { visitor: buyer.sessionId, network: hashOf(ctx, buyer.network) }
    await ctx.enqueue(readSelfies, { searchId, eventId, ...turn }, { priority: PRIORITY.interactive })
    return search
  } catch (error) {
    await storage.delete(VANISHING_BUCKET, key).catch(() => undefined) // else the sweep does, within the hour
    throw error instanceof RefusedUpload ? refusal(error) : error
  }
}

/** Refusals that a person can mend keep their code; every other one is `not_an_image`. */
const KEPT_CODES = new Set<string>(['empty_file', 'file_too_large', 'image_too_large'])
const refusal = ({ code }: RefusedUpload): Problem => new Problem(KEPT_CODES.has(code) ? code : 'not_an_image')

/** Distinguishes networks in a queue without naming them there. */
const hashOf = ({ settings }: Context, network: string): string =>
  createHmac('sha256', settings.JWT_SECRET).update(`network ${network}`).digest('hex')

/** Searches with an embedding made on the visitor's phone: the selfie never left it, and this goes to Redis only. */
export async function startEmbeddingSearch(
  ctx: BuyerContext,
  agreed: Agreed,
  probe: Pick<z.output<typeof embeddingContract.schema.body>, 'modelVersion' | 'embedding' | 'quality'>,
): Promise<Search> {
  const length = Math.hypot(...probe.embedding)
  if (!(length >= EMBEDDING_LENGTH.least && length <= EMBEDDING_LENGTH.most)) throw new Problem('embedding_invalid')
  const model = await faceModelOf(ctx.db, agreed.eventId)
  if (!mayBeSearched(probe.modelVersion, model)) throw new Problem('model_outdated')

  const searchId = ctx.newId()
  await ctx.redis.set(probeKey(searchId), writeProbes([probe], probe.modelVersion), 'EX', PROBE_TTL_SECONDS)
  const search = await recordSearch(ctx, { id: searchId, ...agreed, source: 'embedding' })
  await ctx.enqueue(searchFaces, { searchId, eventId: search.eventId }, { priority: PRIORITY.interactive })
  return search
}

/** An event without photos has no model yet: it is searched with one that an engine makes, as each has an index of its own. */
const mayBeSearched = (wanted: string, model: string | null): boolean =>
  model === null ? engineOf(wanted) !== undefined : model === wanted

type NewSearch = Omit<typeof searches.$inferInsert, 'sessionId' | 'createdAt' | 'askedAt'>

/** Committed before its job is enqueued. */
async function recordSearch({ db, now, buyer }: BuyerContext, row: NewSearch): Promise<Search> {
  const [search] = await db
    .insert(searches)
    .values({ ...row, sessionId: buyer.sessionId, createdAt: now(), askedAt: now() })
    .returning()
  return describeSearch(search!)
}
