import { getPoster, getShareKit, shortLink } from '@pix/contracts/share-kit.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { makePoster, readShareKit } from './share-kit.ts'

/** What an event is made known by. */
export const shareKitRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...getShareKit,
    handler: async request => ({ kit: await readShareKit(callerContext(deps, request), request.params.id) }),
  })

  app.route({
    ...getPoster,
    handler: async (request, reply) => {
      const { slug, pdf } = await makePoster(callerContext(deps, request), request.params.id)
      return reply.header('content-disposition', `attachment; filename="${slug}.pdf"`).type('application/pdf').send(pdf)
    },
  })
}

/** The short address of each event: it leads to its page, whether there is one or not. */
export const shortLinkRoutes: FastifyPluginAsyncZod = async app => {
  app.route({
    ...shortLink,
    handler: async (request, reply) => {
      const { slug } = request.params as { slug: string }
      return reply.redirect(`/events/${encodeURIComponent(slug)}`, 308)
    },
  })
}
