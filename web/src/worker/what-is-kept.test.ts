import type { Contract } from '@pix/contracts/contract.ts'
import type { PageData } from '@pix/contracts/page-data.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { KEPT_AT } from './talk.ts'
import {
  answerOf,
  buildOf,
  dataOfPage,
  eventOfRead,
  fillShell,
  isAnsweredByKept,
  NO_PAGE,
  pathOfKept,
  pathToKeep,
} from './what-is-kept.ts'

const CONTRACTS = fileURLToPath(new URL('../../../packages/contracts/src/', import.meta.url))
const WEB = fileURLToPath(new URL('../', import.meta.url))
const at = (path: string) => new URL(path, 'https://shop.test')
/** A route's address, with a name in the place of each parameter. */
const filled = (url: string) => url.replaceAll(/:\w+/g, 'river-run').replaceAll('*', 'more')

async function allRoutes(): Promise<Contract[]> {
  const files = readdirSync(CONTRACTS).filter(name => name.endsWith('.ts') && !name.includes('.test.'))
  const modules = await Promise.all(files.map(file => import(CONTRACTS + file) as Promise<Record<string, unknown>>))
  return modules
    .flatMap(module => Object.values(module))
    .filter((value): value is Contract => typeof value === 'object' && value !== null && 'method' in value)
}

/** A route's addresses, with several queries. */
function addresses({ url, config }: Contract): URL[] {
  const path = config.root ? filled(url) : `/api${filled(url)}`
  return ['', '?limit=40', '?limit=12', '?scope=crew', '?limit=12&cursor=x'].map(query => at(path + query))
}

const isNoPage = (path: string) => NO_PAGE.some(pattern => pattern.test(path))

/** As a build writes it. */
const page = (body: string) =>
  `<html><head><meta name="build" content="0a1b2c"></head><body><div id="app"></div>${body}</body></html>`

test('of all routes of the api the worker answers five reads, which anybody may ask, and no other', async () => {
  const routes = await allRoutes()
  expect(routes.length).toBeGreaterThan(200)
  const answered = routes.filter(route => addresses(route).some(isAnsweredByKept))
  const reads = answered.filter(({ method }) => method === 'GET')
  expect(reads.map(({ url }) => url).toSorted()).toEqual([
    '/events',
    '/events/:id',
    '/events/:id/packages',
    '/events/:id/photos',
    '/packages',
  ])
  for (const { config } of reads) expect(config.access).toBe('public')
  expect(routes.filter(route => addresses(route).some(url => eventOfRead(url) !== null)).map(({ url }) => url)).toEqual(
    expect.arrayContaining(['/events/:id']),
  )
})

test('lists of the crew, further pages and other lengths of a list are asked of the network alone', () => {
  for (const path of [
    '/api/events?scope=crew',
    '/api/events?limit=12&scope=organized',
    '/api/events?limit=12&cursor=x',
    '/api/events/river-run/photos?limit=40&cursor=x',
    '/api/events/river-run/photos',
    '/api/events/river-run?code=1',
  ])
    expect([path, isAnsweredByKept(at(path))]).toEqual([path, false])
})

test('of all pages of the web only home, events and their galleries are kept', () => {
  const pages = ['shop', 'account', 'photographer', 'organizer', 'admin'].flatMap(area => {
    const prefix = area === 'shop' || area === 'account' ? '/' : `/${area}/`
    const text = readFileSync(`${WEB}${area}/routes.ts`, 'utf8')
    return [...text.matchAll(/path: '([^']*)'/g)].map(([, path = '']) => prefix + path)
  })
  expect(pages.length).toBeGreaterThan(60)
  const kept = pages.filter(path => pathToKeep(at(filled(path))) !== null)
  // The account's own page has the path '' too.
  expect([...new Set(kept)].toSorted()).toEqual(['/', '/events/:slug', '/events/:slug/photos'])
})

test('the gallery and the search of an event open with what is kept of the event; other pages with nothing', () => {
  expect(pathToKeep(at('/events/river-run/photos'))).toBe('/events/river-run')
  expect(pathOfKept(at('/events/river-run/find-me'))).toBe('/events/river-run')
  expect(pathOfKept(at('/?category=run'))).toBe('/')
  for (const path of ['/cart', '/my-photos', '/account/orders', '/eventsx', '/orders/open?token=1'])
    expect([path, pathOfKept(at(path))]).toEqual([path, null])
})

test('files, downloads, short links and what the api answers are no pages', () => {
  for (const path of [
    '/api/orders/1/archives/2',
    '/media/1/large/2.jpg',
    '/thepixstock/a/b',
    '/e/river',
    '/sw.js',
    '/a.b?c',
  ])
    expect([path, isNoPage(path)]).toEqual([path, true])
  for (const path of ['/', '/events/river-run', '/?text=a.b', '/apiary', '/help/customer'])
    expect([path, isNoPage(path)]).toEqual([path, false])
})

test('of all routes of the api only the pages that it fills are pages', async () => {
  const routes = await allRoutes()
  const pages = routes.filter(route => addresses(route).some(({ pathname, search }) => !isNoPage(pathname + search)))
  expect(pages.map(({ url }) => url).toSorted()).toEqual(['/', '/events/:slug', '/events/:slug/*', '/p/:slug'])
})

const event = { event: { id: '01', slug: 'river-run' }, packages: [{ id: 'p' }], photos: [{ id: 'a' }] }
const home = { events: { items: [], nextCursor: null }, packages: [{ id: 'g' }], hero: [] }

test('a kept page answers the reads of its own event and of no other', () => {
  const data = { event } as unknown as PageData
  for (const name of ['01', 'river-run']) {
    expect(answerOf(at(`/api/events/${name}`), data)).toBe(event.event)
    expect(answerOf(at(`/api/events/${name}/packages`), data)).toEqual({ items: event.packages })
    expect(answerOf(at(`/api/events/${name}/photos?limit=40`), data)).toEqual({ items: event.photos, nextCursor: null })
  }
  for (const path of ['/api/events/other', '/api/events/01/people', '/api/events?limit=12', '/api/packages'])
    expect([path, answerOf(at(path), data)]).toEqual([path, undefined])
  expect(answerOf(at('/api/events?limit=12'), { home } as unknown as PageData)).toBe(home.events)
  expect(answerOf(at('/api/packages'), { home } as unknown as PageData)).toEqual({ items: home.packages })
})

test('the plain page is filled with what another build’s page brought, and says when that was kept', () => {
  const json = JSON.stringify({ event }).replaceAll('<', String.raw`\u003c`)
  const script = `<script type="application/json" id="page-data">${json}</script>`
  expect(dataOfPage(page(script))).toBe(json)
  expect(dataOfPage(page('<script type="application/json" id="page-data">{"storefront":{}}</script>'))).toBe(null)
  expect(dataOfPage(page(''))).toBe(null)
  const filledPage = fillShell(page('<!--page-data-->'), { json, at: '2026-11-27T07:00:00.000Z' }, KEPT_AT)
  expect(dataOfPage(filledPage)).toBe(json)
  expect(filledPage).toContain('<meta name="kept-at" content="2026-11-27T07:00:00.000Z"></head>')
  expect(fillShell(page('<!--page-data-->'), null, KEPT_AT)).toBe(page('<!--page-data-->'))
  expect([buildOf(filledPage), buildOf('<html>')]).toEqual(['0a1b2c', null])
})
