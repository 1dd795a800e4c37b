import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import {
  appManifest,
  type EventPageData,
  eventPage,
  homePage,
  PAGE_DATA_ID,
  type PageData,
  pagesBelowEvent,
  portfolioPage,
} from '@pix/contracts/page-data.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { shareReads } from '../../../base/share-reads.ts'
import type { Deps } from '../../../base/deps.ts'
import type { Storefront } from '../../../base/storefront.ts'
import { isAmong } from '../../../http/caching.ts'
import { contextOf } from '../../../http/context-of.ts'
import { storefrontOf } from '../../../http/storefront.ts'
import { describeStorefront } from '../../../people/studios/index.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { scriptJson } from './script-json.ts'
import { eventScreen, galleryScreen, homeScreen } from './first-screen.ts'
import { describeApp } from './describe-app.ts'
import { type EventView, eventHead, homeHead, isHidden, missingHead, noShopHead, portfolioHead } from './page-head.ts'
import { fillTemplate, openTemplate, type PageParts } from './page-template.ts'
import { readEventPage, readHomePage, readPortfolioPage } from './read-page.ts'
import { type Locale, localeOf } from './words.ts'

const VIEWS: Readonly<Record<string, EventView>> = { '': 'event', photos: 'gallery' }

interface Page {
  status: 200 | 404
  noindex: boolean
  parts: PageParts
}

/**
 * The shop's pages with what they show already in them: title, text and picture for chats and search engines, and the
 * data that the application would ask for first. HTML, so it is no part of the OpenAPI document. The server
 * in front (nginx, the Node web server) sends the web's plain page where this answers anything but 200, 304 or 404.
 */
export const pageRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...appManifest,
    handler: async (request, reply) => {
      const storefront = storefrontOf(request)
      if (storefront === null) throw notFound()
      return reply
        .headers({ 'cache-control': 'no-cache', vary: 'accept-language' })
        .type('application/manifest+json; charset=utf-8')
        .send(JSON.stringify(describeApp(storefront, localeOf(request.headers['accept-language']))))
    },
  })

  const { WEB_INDEX } = deps.settings
  if (WEB_INDEX === undefined) return
  const template = openTemplate(WEB_INDEX)
  const events = shareReads<Awaited<ReturnType<typeof readEventPage>>>()
  const home = shareReads<Awaited<ReturnType<typeof readHomePage>>>()

  const dataOf = async (storefront: Storefront | null, data: PageData) =>
    dataScript({ storefront: await describeStorefront(deps, storefront), ...data })

  const noShop = async (request: FastifyRequest, reply: FastifyReply) => {
    const head = noShopHead(deps.storefront, '/', localeOf(request.headers['accept-language']))
    const parts = { head, screen: '', data: await dataOf(null, {}) }
    return sendPage(request, reply, template, { status: 404, noindex: true, parts })
  }

  const atHome = async (request: FastifyRequest, reply: FastifyReply) => {
    if (storefrontOf(request) === null) return noShop(request, reply)
    const ctx = contextOf(deps, request)
    const { storefront } = ctx
    const data = await home(storefront.origin, () => readHomePage(ctx))
    const head = homeHead(storefront, data, localeOf(request.headers['accept-language']))
    const parts = { head, screen: homeScreen(data), data: await dataOf(storefront, { home: data }) }
    return sendPage(request, reply, template, { status: 200, noindex: false, parts })
  }

  const atEvent = async (request: FastifyRequest, reply: FastifyReply) => {
    if (storefrontOf(request) === null) return noShop(request, reply)
    const { slug = '', '*': rest = '' } = request.params as { slug?: string; '*'?: string }
    const view = VIEWS[rest.replace(/\/$/, '')] ?? 'below'
    const locale = localeOf(request.headers['accept-language'])
    const ctx = contextOf(deps, request)
    const { storefront } = ctx
    const data = await events(`${storefront.origin} ${slug}`, () => readEventPage(ctx, slug))
    if (!data) {
      const head = missingHead(storefront, `/events/${encodeURIComponent(slug)}`, locale, 'event')
      const parts = { head, screen: '', data: await dataOf(storefront, {}) }
      return sendPage(request, reply, template, { status: 404, noindex: true, parts })
    }
    const parts = {
      head: eventHead(storefront, data, view, locale),
      screen: screenOf(view, data, locale),
      data: await dataOf(storefront, { event: view === 'below' ? { ...data, photos: [] } : data }),
    }
    return sendPage(request, reply, template, { status: 200, noindex: isHidden(data.event, view), parts })
  }

  const atPortfolio = async (request: FastifyRequest, reply: FastifyReply) => {
    if (storefrontOf(request) === null) return noShop(request, reply)
    const { slug = '' } = request.params as { slug?: string }
    const locale = localeOf(request.headers['accept-language'])
    const ctx = contextOf(deps, request)
    const { storefront } = ctx
    const portfolio = await readPortfolioPage(ctx, slug)
    const head = portfolio
      ? portfolioHead(storefront, portfolio, locale)
      : missingHead(storefront, `/p/${encodeURIComponent(slug)}`, locale, 'portfolio')
    const parts = { head, screen: '', data: await dataOf(storefront, {}) }
    return sendPage(request, reply, template, { status: portfolio ? 200 : 404, noindex: !portfolio, parts })
  }
  app.route({ ...homePage, handler: async (request, reply) => atHome(request, reply) })
  app.route({ ...eventPage, handler: async (request, reply) => atEvent(request, reply) })
  app.route({ ...portfolioPage, handler: async (request, reply) => atPortfolio(request, reply) })
  app.route({ ...pagesBelowEvent, handler: async (request, reply) => atEvent(request, reply) })
}

function screenOf(view: EventView, data: EventPageData, locale: Locale): string {
  if (view === 'event') return eventScreen(data, locale)
  return view === 'gallery' ? galleryScreen(data) : ''
}

const dataScript = (data: PageData): string =>
  `<script type="application/json" id="${PAGE_DATA_ID}">${scriptJson(data)}</script>`

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  template: () => Promise<string | null>,
  { status, noindex, parts }: Page,
): Promise<FastifyReply> {
  const text = await template()
  if (text === null) throw new Problem('unavailable', { retryAfterSeconds: 2 })
  const html = fillTemplate(text, parts)
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  reply.removeHeader('x-robots-tag')
  if (noindex) reply.header('x-robots-tag', 'noindex, noimageindex')
  reply
    .headers({ 'cache-control': 'no-cache', vary: 'accept-encoding, accept-language', etag })
    .type('text/html; charset=utf-8')
  if (status === 200 && isAmong(request.headers['if-none-match'], etag)) return reply.code(304).send()
  const { encoding, body } = await pack(html, request.headers['accept-encoding'])
  if (encoding) reply.header('content-encoding', encoding)
  return reply.code(status).send(body)
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/**
 * Brotli's quality, of at most 11: at 5 it takes less than a millisecond, and the page is a fifth smaller than by gzip.
 */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Packed here, once for every server that may stand in front. */
async function pack(html: string, accepted = ''): Promise<{ encoding?: string; body: Buffer }> {
  const bytes = Buffer.from(html)
  if (/\bbr\b/.test(accepted)) return { encoding: 'br', body: await brotli(bytes, QUALITY) }
  if (/\bgzip\b/.test(accepted)) return { encoding: 'gzip', body: await zip(bytes) }
  return { body: bytes }
}
