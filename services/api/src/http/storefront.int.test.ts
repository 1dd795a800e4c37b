import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Carts } from '@pix/contracts/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sellOnlySingles } from '../shop/orders/order-testing.ts'
import { type TestApp, TEST_ORIGIN, testApp } from '../testing/test-app.ts'
import { marketplaceAddress } from './storefront.ts'

const folder = mkdtempSync(join(tmpdir(), 'storefront-'))
const index = join(folder, 'index.html')
writeFileSync(index, readFileSync(new URL('../../../../web/index.html', import.meta.url)))
let t: TestApp
let moon: Scene
let sun: Scene
beforeAll(async () => {
  t = await testApp({ settings: { WEB_INDEX: index } })
  const photographer = await t.user('photographer')
  const open = async (slug: string, name: string) => {
    const studio = await t.studio({ slug, nameTh: `ร้าน${name}`, nameEn: name, accentColor: '#3b5bdb' })
    const event = await t.event({ studioId: studio.id, nameEn: `Run by ${name}` })
    await sellOnlySingles(t, event.id, 0)
    return { slug, studio, event, photo: await t.photo(event.id, photographer.id) }
  }
  ;[moon, sun] = [await open('moon', 'Moon'), await open('sun', 'Sun')]
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
interface Scene {
  slug: string
  studio: typeof studios.$inferSelect
  event: typeof events.$inferSelect
  photo: { id: string }
}

const MARKET = 'shop.test'
const hostOf = ({ slug }: Pick<Scene, 'slug'>) => `${slug}.${MARKET}`
type Headers = Record<string, string>
const get = (url: string, host: string, headers: Headers = {}) => t.app.inject({ url, headers: { ...headers, host } })
const post = (url: string, host: string, payload: object, headers: Headers) =>
  t.app.inject({ method: 'POST', url, payload, headers: { origin: `http://${host}`, ...headers, host } })
const eventsAt = async (host: string) =>
  (await get('/api/events', host)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)

test("a studio's storefront lists its own events, the marketplace those of every studio, also when both are asked at once", async () => {
  const hosts = [MARKET, hostOf(moon), hostOf(sun), 'MOON.Shop.Test:8080', '127.0.0.1:8081']
  const [all, ofMoon, ofSun, again, inside] = await Promise.all(hosts.map(eventsAt))
  expect(all!.toSorted()).toEqual([moon.event.id, sun.event.id].toSorted())
  expect([ofMoon, ofSun, again]).toEqual([[moon.event.id], [sun.event.id], [moon.event.id]])
  expect(inside).toEqual(all)
})

test('which shop it is follows from the Host alone', async () => {
  const said = (await get('/api/storefront', hostOf(moon))).json()
  expect(said).toEqual({
    kind: 'studio',
    marketplace: TEST_ORIGIN,
    contacts: { email: null, lineId: null, phone: null, hours: null, text: 'LINE @shop-test' },
    notice: null,
    studio: {
      id: moon.studio.id,
      slug: 'moon',
      name: { th: 'ร้านMoon', en: 'Moon' },
      status: 'open',
      logoUrl: null,
      accentColor: '#3b5bdb',
    },
  })
  const forged = {
    'x-forwarded-host': hostOf(moon),
    forwarded: `host=${hostOf(moon)}`,
    origin: `http://${hostOf(moon)}`,
  }
  for (const host of [MARKET, 'www.shop.test', 'moon.elsewhere.test'])
    expect((await get('/api/storefront', host, forged)).json().kind).toBe('marketplace')
})

test('at a storefront an event, its photos, prices and pictures of another studio are not there; at the marketplace they are', async () => {
  const { event, photo } = sun
  const addresses = [
    `/api/events/${event.slug}`,
    `/api/events/${event.id}/photos`,
    `/api/events/${event.id}/packages`,
    `/api/photos/${photo.id}`,
    `/events/${event.slug}`,
  ]
  const status = async (host: string) => Promise.all(addresses.map(async url => (await get(url, host)).statusCode))
  expect(await status(hostOf(moon))).toEqual(addresses.map(() => 404))
  expect(await status(MARKET)).toEqual(addresses.map(() => 200))
  expect(await status(hostOf(sun))).toEqual(addresses.map(() => 200))
  const visitor = await t.visitor()
  const add = await post('/api/cart/items', hostOf(moon), { photoIds: [photo.id] }, { cookie: visitor.headers.cookie })
  expect(add.statusCode).toBe(404)
})

test('a cart is shown at the storefront of its studio and at the marketplace, and emptied alone', async () => {
  const { headers } = await t.visitor()
  const { cookie } = headers
  await post('/api/cart/items', MARKET, { photoIds: [moon.photo.id, sun.photo.id] }, { cookie })
  const shown = async (host: string) =>
    (await get('/api/cart', host, { cookie })).json<Carts>().items.map(({ studio }) => studio.slug)
  expect([await shown(MARKET), await shown(hostOf(moon))]).toEqual([['moon', 'sun'], ['moon']])
  await post('/api/cart/clear', hostOf(moon), {}, { cookie })
  expect([await shown(hostOf(moon)), await shown(MARKET)]).toEqual([[], ['sun']])
})

test('a write must come from the storefront that it goes to: not from another one, nor from the marketplace', async () => {
  const { headers } = await t.visitor()
  const write = async (host: string, origin: string) => {
    const answer = await post('/api/cart/clear', host, {}, { cookie: headers.cookie, origin })
    return answer.statusCode === 200 ? 'taken' : answer.json().code
  }
  expect(await write(hostOf(moon), `http://${hostOf(moon)}`)).toBe('taken')
  for (const [host, origin] of [
    [hostOf(moon), `http://${hostOf(sun)}`],
    [hostOf(moon), TEST_ORIGIN],
    [MARKET, `http://${hostOf(moon)}`],
  ] as const)
    expect(await write(host, origin)).toBe('origin_refused')
})

test('the letter of an order names the storefront at which it was placed', async () => {
  const buy = async (host: string) => {
    const { cookie } = (await t.visitor()).headers
    await post('/api/cart/items', host, { photoIds: [moon.photo.id] }, { cookie })
    const body = { email: 'a@b.example', locale: 'th', expectedTotal: { amount: 0, currency: 'THB' } }
    const placed = await post('/api/orders', host, body, { cookie, 'idempotency-key': t.deps.newId() })
    expect(placed.statusCode).toBe(201)
    const [order] = await t.db.select().from(orders).where(eq(orders.id, placed.json().id))
    const [letter] = await t.db.select().from(outgoingMail).where(eq(outgoingMail.id, order!.letterId!))
    return [order!.storefront, letter!.storefront]
  }
  expect(await buy(hostOf(moon))).toEqual(['moon', 'moon'])
  expect(await buy(MARKET)).toEqual([null, null])
})

test('a letter of the account is of the storefront that asks for it', async () => {
  const email = 'newcomer@test.example'
  const body = { name: 'New', email, password: 'seven purple kettles', locale: 'th' }
  expect((await post('/api/auth/register', hostOf(sun), body, {})).statusCode).toBe(202)
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, email))
  expect(letters.map(({ storefront }) => storefront)).toEqual(['sun'])
})

test("a storefront's pages name the studio, and their data is of this storefront alone", async () => {
  const [home, page] = [await get('/', hostOf(moon)), await get(`/events/${moon.event.slug}`, hostOf(moon))]
  expect(home.body).toContain('<title>ร้านMoon</title>')
  expect(home.body).not.toContain(sun.event.id)
  expect(page.body).toContain(`<meta property="og:title" content="${moon.event.nameTh} · ร้านMoon">`)
  expect(page.body).toContain('<meta property="og:site_name" content="ร้านMoon">')
  expect(page.body).toContain(`<link rel="canonical" href="http://moon.shop.test/events/${moon.event.slug}">`)
  expect((await get(`/events/${moon.event.slug}`, MARKET)).body).toContain('· ThePixStock</title>')
})

test('an address that no studio has is a page that says so in the language of the reader, and serves nothing else', async () => {
  for (const host of ['nobody.shop.test', 'a.moon.shop.test', `${'x'.repeat(300)}.shop.test`, "'; drop.shop.test"])
    for (const url of ['/', `/events/${moon.event.slug}`]) {
      const thai = await get(url, host)
      expect([thai.statusCode, thai.headers['x-robots-tag']]).toEqual([404, 'noindex, noimageindex'])
      expect(thai.body).toContain('<title>ไม่มีร้านที่ที่อยู่นี้ · ThePixStock</title>')
      expect(thai.body).not.toContain(moon.event.id)
      const english = await get(url, host, { 'accept-language': 'en' })
      expect(english.body).toContain('<title>No shop has this address · ThePixStock</title>')
    }
  expect((await get('/api/storefront', 'nobody.shop.test')).json()).toMatchObject({ kind: 'unknown', studio: null })
  expect((await get('/api/events', 'nobody.shop.test')).statusCode).toBe(404)
  expect((await get('/api/healthz', 'nobody.shop.test')).statusCode).toBe(200)
})

test('a process asks for the studio of a host again after three seconds, and not before', async () => {
  await using own = await testApp()
  const slug = 'twilight'
  const { id } = await own.studio({ slug })
  own.hold()
  const said = async () =>
    (await own.app.inject({ url: '/api/storefront', headers: { host: `${slug}.shop.test` } })).json().studio.status
  expect(await said()).toBe('open')
  await own.db.update(studios).set({ status: 'suspended' }).where(eq(studios.id, id))
  own.forward(2_999)
  expect(await said()).toBe('open')
  own.forward(1)
  expect(await said()).toBe('suspended')
})

test('a suspended or closed studio keeps its address and says so within seconds; nothing is for sale there', async () => {
  const said = async () => (await get('/api/storefront', hostOf(sun))).json().studio.status
  expect(await said()).toBe('open')
  for (const status of ['suspended', 'closed'] as const) {
    await t.db.update(studios).set({ status }).where(eq(studios.id, sun.studio.id))
    t.forward(5_000)
    expect(await said()).toBe(status)
    expect(await eventsAt(hostOf(sun))).toEqual([])
  }
  await t.db.update(studios).set({ status: 'active' }).where(eq(studios.id, sun.studio.id))
})

const place = async (app: TestApp, host: string, url: string) => {
  const { statusCode, headers } = await app.app.inject({ url, headers: { host } })
  return [statusCode, headers.location]
}

test('a page of the marketplace at a reserved label or at the bare root domain moves to its own origin, whatever it asks for', async () => {
  await using beside = await testApp({ settings: { WEB_INDEX: index, ROOT_DOMAIN: 'test' } })
  for (const url of [
    '/',
    '/?q=a%20b',
    '/events/a?next=//evil.example',
    '/events/a/photos',
    '/login?next=/cart',
    '/cart',
  ])
    for (const [app, host] of [
      [t, 'www.shop.test'],
      [t, 'APP.shop.test:8080'],
      [beside, 'test'],
      [beside, 'www.test'],
    ] as const)
      expect([host, ...(await place(app, host, url))]).toEqual([host, 308, `${TEST_ORIGIN}${url}`])
  for (const url of ['http://evil.example/events/a', '//evil.example/events/a'])
    expect(marketplaceAddress(t.deps.settings, { headers: { host: 'www.shop.test' }, url })).toBe(
      `${TEST_ORIGIN}/events/a`,
    )
  for (const host of [MARKET, hostOf(moon), '127.0.0.1:8081']) {
    expect((await place(t, host, '/'))[0]).toBe(200)
    // The plain page of the server in front.
    expect(await place(t, host, '/login')).toEqual([404, undefined])
  }
  expect((await place(t, 'www.shop.test', '/api/storefront'))[0]).toBe(200)
})
