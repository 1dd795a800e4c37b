import { robotsFile, sitemapFile } from '@pix/contracts/search-engines.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { asStranger } from '../../../base/context.ts'
import type { Deps } from '../../../base/deps.ts'
import { notFound } from '../../../base/problem.ts'
import { shareReads } from '../../../base/share-reads.ts'
import { contextOf } from '../../../http/context-of.ts'
import { storefrontOf } from '../../../http/storefront.ts'
import { readSitemap } from './sitemap.ts'

/** Search engines ask a few times a day. What leaves the sale is gone from the sitemap by then. */
const KEPT = 'public, max-age=600'

/** What search engines read first: `/robots.txt` and `/sitemap.xml`; each host has its own. */
export const searchEngineRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const together = shareReads<string>()

  // Pages and pictures say `noindex` themselves, so robots.txt must allow that they are read.
  app.route({
    ...robotsFile,
    handler: async (request, reply) => {
      const storefront = storefrontOf(request)
      const lines =
        storefront === null
          ? ['User-agent: *', 'Disallow: /']
          : ['User-agent: *', 'Disallow: /objects/', '', `Sitemap: ${storefront.origin}/sitemap.xml`]
      return reply
        .header('cache-control', KEPT)
        .type('text/plain; charset=utf-8')
        .send([...lines, ''].join('\n'))
    },
  })

  app.route({
    ...sitemapFile,
    handler: async (request, reply) => {
      if (storefrontOf(request) === null) throw notFound()
      const ctx = asStranger(contextOf(deps, request))
      const sitemap = await together(ctx.storefront.origin, () => readSitemap(ctx))
      return reply.header('cache-control', KEPT).type('application/xml; charset=utf-8').send(sitemap)
    },
  })
}
