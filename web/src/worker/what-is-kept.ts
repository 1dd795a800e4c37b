import { API_PATHS, atOrBelow } from '@pix/contracts/no-pages.ts'
import { FIRST_EVENTS, FIRST_PHOTOS, PAGE_DATA_ID, type PageData } from '@pix/contracts/page-data.ts'

/**
 * Everything that the service worker keeps of the shop, as rules without a browser: the home page and pages of events,
 * as a stranger sees them. Nothing that the api answers to a person is among it.
 */

/** No page of the application lies at or below these: the api, the storage, pictures of the demo, short links. */
export const NO_PAGE_BELOW = [...API_PATHS, 'thepixstock', 'demo', 'e']
/** Matches addresses that are no page: those, and all that has an ending. */
export const NO_PAGE = [atOrBelow(NO_PAGE_BELOW), /^[^?]*\.\w+(\?|$)/]
const EVENT_PAGE = /^\/events\/([A-Za-z0-9-]{1,120})(\/photos)?\/?$/
const EVENT_READ = /^\/api\/events\/([A-Za-z0-9-]{1,120})(\/packages|\/photos)?$/

/** The path under which the page of an address is kept; null for pages that are never kept. */
export function pathToKeep({ pathname }: URL): string | null {
  if (pathname === '/') return '/'
  const [, slug] = EVENT_PAGE.exec(pathname) ?? []
  return slug ? `/events/${slug}` : null
}

/** The path of the kept page that an address below an event begins with, too: its gallery, its search. */
export function pathOfKept({ pathname }: URL): string | null {
  const [, slug] = /^\/events\/([A-Za-z0-9-]{1,120})(\/|$)/.exec(pathname) ?? []
  return slug ? `/events/${slug}` : pathToKeep(new URL(pathname, 'http://shop'))
}

/** Of a read of one event, its slug or id; null for every other address. */
export const eventOfRead = ({ pathname, search }: URL): string | null =>
  search === '' ? (/^\/api\/events\/([A-Za-z0-9-]{1,120})$/.exec(pathname)?.[1] ?? null) : null

/** Whether a kept page has the answer to this read: events of the home page, one event, its prices, its first photos. */
export function isAnsweredByKept({ pathname, search }: URL): boolean {
  if (pathname === '/api/events') return search === `?limit=${FIRST_EVENTS}`
  if (pathname === '/api/packages') return search === ''
  const [whole, , part] = EVENT_READ.exec(pathname) ?? []
  return whole !== undefined && search === (part === '/photos' ? `?limit=${FIRST_PHOTOS}` : '')
}

/** The answer to such a read out of one kept page; undefined where that page does not have it. */
export function answerOf(url: URL, { event: kept, home }: PageData): unknown {
  if (!isAnsweredByKept(url)) return undefined
  if (url.pathname === '/api/events') return home?.events
  if (url.pathname === '/api/packages') return home && { items: home.packages }
  const [, name = '', part] = EVENT_READ.exec(url.pathname) ?? []
  if (!kept || ![kept.event.slug, kept.event.id].includes(name)) return undefined
  if (part === '/packages') return { items: kept.packages }
  return part === '/photos' ? { items: kept.photos, nextCursor: null } : kept.event
}

const DATA = new RegExp(`<script type="application/json" id="${PAGE_DATA_ID}">([^<]*)</script>`)

/** What a page's HTML brings for its first view, as JSON; null where the page shows neither events nor an event. */
export function dataOfPage(html: string): string | null {
  const [, json] = DATA.exec(html) ?? []
  if (!json) return null
  const { event, home } = JSON.parse(json) as PageData
  return event || home ? json : null
}

/** The plain page, filled with what was kept, and with when. */
export function fillShell(shell: string, kept: { json: string; at: string } | null, keptAtName: string): string {
  if (!kept) return shell
  return shell
    .replace('</head>', () => `<meta name="${keptAtName}" content="${kept.at}"></head>`)
    .replace('<!--page-data-->', () => `<script type="application/json" id="${PAGE_DATA_ID}">${kept.json}</script>`)
}

/** The id of the build that a page is of (web/vite/keep-assets.ts). */
export const buildOf = (html: string): string | null => /<meta name="build" content="(\w+)"/.exec(html)?.[1] ?? null
