import * as contract from '@pix/contracts/orders.ts'
import { areSettled } from '@pix/domain/downloads-settled.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
import { streamState } from '../../http/streams.ts'
import { linkArchive, linkBoughtJpeg, linkBoughtPreview, linkOriginal } from './link-downloads.ts'
import { followDownloads, stampArchives } from './read-downloads.ts'
import { redownload } from './redownload.ts'

/** What an order brings. Orders themselves are read and placed where their payments are known (money/payments). */
export const orderRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const stamps = (ids: readonly string[]) => stampArchives(deps, ids)

  app.route({
    ...contract.getDownloads,
    handler: async (request, reply) => {
      const { id } = request.params
      const ctx = buyerContext(deps, request)
      await streamState(request, reply, {
        topic: `archive:${id}`,
        owner: ctx.buyer.sessionId,
        stamps,
        read: followDownloads(ctx, id),
        done: areSettled,
      })
      return reply
    },
  })

  app.route({
    ...contract.redownload,
    handler: async (request, reply) => {
      const downloads = await redownload(buyerContext(deps, request), request.params.id)
      return reply.code(202).send(downloads)
    },
  })

  app.route({
    ...contract.getArchive,
    handler: async (request, reply) => {
      const url = await linkArchive(buyerContext(deps, request), request.params)
      return reply.redirect(url, 302)
    },
  })

  app.route({
    ...contract.getBoughtPreview,
    handler: async (request, reply) => {
      const url = await linkBoughtPreview(buyerContext(deps, request), request.params.id)
      return reply.redirect(url, 302)
    },
  })

  app.route({
    ...contract.getBoughtJpeg,
    handler: async (request, reply) => {
      const url = await linkBoughtJpeg(buyerContext(deps, request), request.params.id, request.query.size)
      return reply.redirect(url, 302)
    },
  })

  app.route({
    ...contract.getOriginal,
    handler: async (request, reply) => {
      const url = await linkOriginal(buyerContext(deps, request), request.params.id)
      return reply.redirect(url, 302)
    },
  })
}
