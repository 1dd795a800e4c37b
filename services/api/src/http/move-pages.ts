import { API_PATHS, atOrBelow } from '@pix/contracts/no-pages.ts'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '../settings.ts'
import { marketplaceAddress } from './storefront.ts'

const NO_PAGE = atOrBelow(API_PATHS)
const READS = new Set(['GET', 'HEAD'])

/**
 * Moves every page of the marketplace that is opened at the root domain or at a reserved label to its origin. That
 * holds also for pages that the api does not fill: the server in front asks for each page here.
 */
export function movePages(app: FastifyInstance, settings: Settings): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!READS.has(request.method) || NO_PAGE.test(request.url)) return
    const address = marketplaceAddress(settings, request)
    return address === null ? undefined : reply.redirect(address, 308)
  })
}
