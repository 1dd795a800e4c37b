import * as contracts from '@pix/contracts/faces.ts'
import type { Search } from '@pix/contracts/faces.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { BuyerContext } from '../../base/context.ts'
import { isId } from '../../base/cursor.ts'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
import { readForm } from '../../http/multipart.ts'
import { prioritize, searchPriorityIn } from '../../http/search-priority.ts'
import { streamState } from '../../http/streams.ts'
import { Problem } from '../../base/problem.ts'
import { chooseFace } from './choose-face.ts'
import { forgetSearch } from './forget-search.ts'
import { giveFeedback } from './give-feedback.ts'
import { listAround } from './list-around.ts'
import { pickMatches } from './pick-matches.ts'
import { readResults } from './read-results.ts'
import { readSearch, stampSearches } from './read-search.ts'
import { recordConsent } from './record-consent.ts'
import { startEmbeddingSearch, startSelfieSearch } from './start-search.ts'

export const faceRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const stamps = (ids: readonly string[]) => stampSearches(deps, ids)

  app.route({
    ...contracts.startSearch,
    handler: async (request, reply) =>
      reply.code(202).send(await withPriority(request, () => takeSelfie(buyerContext(deps, request), request))),
  })

  app.route({
    ...contracts.startEmbeddingSearch,
    handler: async (request, reply) => {
      const ctx = buyerContext(deps, request)
      const { eventId, consent: version, guardian = null } = request.body
      // An objection needs the selfie itself, because every engine describes its face.
      const agreed = await recordConsent(ctx, { eventId, version, guardian, only: 'face_search' })
      const begin = () => startEmbeddingSearch(ctx, agreed, request.body)
      return reply.code(202).send(await withPriority(request, begin))
    },
  })

  app.route({
    ...contracts.searchStatus,
    handler: async (request, reply) => {
      const { id } = request.params
      const ctx = buyerContext(deps, request)
      return streamState(request, reply, {
        topic: `search:${id}`,
        owner: ctx.buyer.sessionId,
        stamps,
        read: async () => {
          const search = await readSearch(ctx, id)
          if (search.state === 'choose_face' || search.state === 'failed') searchPriorityIn(request).end(id)
          return search
        },
        done: search => search.state === 'failed' || (search.state === 'done' && !isLive(search, ctx.now())),
      })
    },
  })

  app.route({
    ...contracts.chooseFace,
    handler: async (request, reply) => {
      const choose = () => chooseFace(buyerContext(deps, request), request.params.id, request.body.index)
      return reply.code(202).send(await withPriority(request, choose))
    },
  })

  app.route({
    ...contracts.searchResults,
    handler: async request => {
      const results = await readResults(buyerContext(deps, request), request.params.id)
      searchPriorityIn(request).end(request.params.id)
      return results
    },
  })

  app.route({
    ...contracts.photosAround,
    handler: request => listAround(buyerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.forgetSearch,
    handler: async (request, reply) => {
      await forgetSearch(buyerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.pickMatches,
    handler: async (request, reply) => {
      await pickMatches(buyerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.giveFeedback,
    handler: async (request, reply) => {
      await giveFeedback(buyerContext(deps, request), request.body)
      return reply.code(204).send(null)
    },
  })
}

/** New photos may still come. */
const isLive = ({ liveUntil }: Search, now: Date): boolean =>
  liveUntil !== null && Date.parse(liveUntil) > now.getTime()

/** The form of a search: the selfie comes last and is looked at only once its person's consent is on record. */
async function takeSelfie(ctx: BuyerContext, request: FastifyRequest): Promise<Search> {
  const texts = new Map<'eventId' | 'consent' | 'guardian', string>()
  for await (const part of readForm(request, contracts.startSearch.config.form, {
    fileBytes: ctx.settings.SELFIE_MAX_BYTES,
  })) {
    if (part.kind === 'text') {
      texts.set(part.field, part.value)
      continue
    }
    const eventId = texts.get('eventId')
    if (!isId(eventId)) throw new Problem('not_found')
    const [version, guardian] = [texts.get('consent') ?? null, texts.get('guardian') ?? null]
    const agreed = await recordConsent(ctx, { eventId, version, guardian })
    // The search is awaited here, since the bytes are thrown away once the loop goes on.
    return await startSelfieSearch(ctx, agreed, part.body)
  }
  throw new Problem('no_file')
}

/** Uploads pause for this search until its results are read. */
async function withPriority(request: FastifyRequest, begin: () => Promise<Search>): Promise<Search> {
  const search = await begin()
  prioritize(request, search.id)
  return search
}
