import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { PAGE_DATA_ID, type PageData } from '@pix/contracts/page-data.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { type TestApp, testApp, TEST_ORIGIN } from '../../../testing/test-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'pages-'))
afterAll(() => rmSync(folder, { recursive: true }))
/** The page as the web has it before it is built: the build keeps the markers. */
const TEMPLATE = readFileSync(new URL('../../../../../../web/index.html', import.meta.url), 'utf8')
const index = join(folder, 'index.html')
writeFileSync(index, TEMPLATE)

const appWithPages = () => testApp({ settings: { WEB_INDEX: index } })

async function scene(t: TestApp, more: Parameters<TestApp['event']>[0] = {}) {
  const photographer = await t.user('photographer')
  const event = await t.event({ nameTh: 'วิ่งริมโขง ๒๕๖๙', nameEn: 'Mekong Run', venue: 'ริมโขง', ...more })
  const photo = await t.photo(event.id, photographer.id)
  await t.db.update(events).set({ coverPhotoId: photo.id, photoCount: 1 }).where(eq(events.id, event.id))
  return { event, photo, photographer }
}

const metaOf = (html: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1]
const dataOf = (html: string): PageData | undefined => {
  const json = new RegExp(`<script type="application/json" id="${PAGE_DATA_ID}">(.*?)</script>`, 's').exec(html)?.[1]
  return json === undefined ? undefined : (JSON.parse(json) as PageData)
}

const linkedDataOf = (html: string): Record<string, unknown> | undefined => {
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1]
  return json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>)
}

const contacts = { email: null, lineId: null, phone: null, hours: null, text: 'LINE @shop-test' }
const MARKETPLACE = { kind: 'marketplace', marketplace: TEST_ORIGIN, studio: null, contacts, notice: null }

test('a shared event link has title, text and picture, and the event is in the page', async () => {
  await using t = await appWithPages()
  const { event, photo } = await scene(t)

  const answer = await t.app.inject({ url: `/events/${event.slug}` })

  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.headers['x-robots-tag']).toBeUndefined()
  const html = answer.body
  expect(html).toContain('<title>วิ่งริมโขง ๒๕๖๙ · ThePixStock</title>')
  expect(html.match(/<title>/g)).toHaveLength(1)
  // Both languages of a page have one address.
  expect(html).not.toMatch(/hreflang/i)
  expect(html.match(/<meta name="description"/g)).toHaveLength(1)
  expect(metaOf(html, 'og:title')).toBe('วิ่งริมโขง ๒๕๖๙')
  expect(metaOf(html, 'og:description')).toContain('1 รูป · 1 พ.ย. 2569 · ริมโขง Bangkok · ถ่ายเซลฟี่ครั้งเดียว')
  expect(metaOf(html, 'og:description')).toContain('Mekong Run: 1 photo')
  expect(metaOf(html, 'og:url')).toBe(`${TEST_ORIGIN}/events/${event.slug}`)
  expect(metaOf(html, 'og:image')).toBe(`${TEST_ORIGIN}/media/${event.id}/preview/${photo.id}.jpg`)
  expect([metaOf(html, 'og:image:width'), metaOf(html, 'og:image:height')]).toEqual(['1620', '1080'])
  expect(metaOf(html, 'robots')).toBeUndefined()
  expect(html).toContain(`<link rel="preload" as="image" href="/media/${event.id}/large/${photo.id}.jpg" imagesrcset="`)
  expect(html).toContain('<script type="module" src="/src/shell/main.ts">')

  const api = async (url: string) => (await t.app.inject({ url })).json()
  expect(dataOf(html)).toEqual({
    storefront: MARKETPLACE,
    event: {
      event: await api(`/api/events/${event.slug}`),
      packages: (await api(`/api/events/${event.id}/packages`)).items,
      photos: (await api(`/api/events/${event.id}/photos?limit=40`)).items,
      bursts: [],
    },
  })
})

test('search engines read what the event is, in the language of the reader, and nothing that the shop does not sell', async () => {
  await using t = await appWithPages()
  const { event, photo } = await scene(t, { descriptionTh: 'วิ่ง 10 กม. ริมแม่น้ำ' })

  const { body } = await t.app.inject({ url: `/events/${event.slug}` })

  expect(linkedDataOf(body)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: 'วิ่งริมโขง ๒๕๖๙',
    alternateName: 'Mekong Run',
    description: 'วิ่ง 10 กม. ริมแม่น้ำ',
    url: `${TEST_ORIGIN}/events/${event.slug}`,
    startDate: event.startsAt.toISOString(),
    endDate: event.endsAt.toISOString(),
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: {
      '@type': 'Place',
      name: 'ริมโขง',
      address: { '@type': 'PostalAddress', addressRegion: 'Bangkok', addressCountry: 'TH' },
    },
    image: [`${TEST_ORIGIN}/media/${event.id}/preview/${photo.id}.jpg`],
  })
  const headers = { 'accept-language': 'en' }
  const english = await t.app.inject({ url: `/events/${event.slug}`, headers })
  expect(linkedDataOf(english.body)).toMatchObject({ name: 'Mekong Run', alternateName: 'วิ่งริมโขง ๒๕๖๙' })
})

test('a photographer’s page has their name and words for chats and search engines; one that is not shown answers 404', async () => {
  await using t = await appWithPages()
  const { photographer } = await scene(t)
  const said = { name: 'Nok <Sports>', about: 'Runs in\nChiang Mai', changedAt: new Date() }
  await t.db.insert(portfolios).values({ userId: photographer.id, slug: 'nok', ...said, shown: true })
  const read = (url: string) => t.app.inject({ url, headers: { 'accept-language': 'en' } })
  const shown = await read('/p/nok')
  expect([shown.statusCode, shown.headers['x-robots-tag']]).toEqual([200, undefined])
  expect(shown.body).toContain('<title>Nok &lt;Sports&gt; · ThePixStock</title>')
  expect(metaOf(shown.body, 'og:description')).toBe('Photographer · 1 event · 1 photo · Runs in Chiang Mai')
  expect(metaOf(shown.body, 'og:url')).toBe(`${TEST_ORIGIN}/p/nok`)

  await t.db.update(portfolios).set({ shown: false })
  for (const path of ['/p/nok', '/p/nobody', '/p/a%00b']) {
    const answer = await read(path)
    expect([answer.statusCode, answer.headers['x-robots-tag']]).toEqual([404, 'noindex, noimageindex'])
    expect(answer.body).toContain('<title>Page not found · ThePixStock</title>')
    expect(answer.body).not.toContain('Sports')
  }
})

test('a reader of English gets the English name first', async () => {
  await using t = await appWithPages()
  const { event } = await scene(t)
  const read = async (languages: string) =>
    (await t.app.inject({ url: `/events/${event.slug}`, headers: { 'accept-language': languages } })).body

  const html = await read('en-GB,en;q=0.9,th;q=0.4')
  expect([metaOf(html, 'og:title'), metaOf(html, 'og:locale')]).toEqual(['Mekong Run', 'en_US'])
  expect(metaOf(html, 'og:description')).toMatch(/^1 photo · 1 Nov 2026 · ริมโขง · Find yours with one selfie/)
  expect(metaOf(await read('th-TH,th;q=0.9,en;q=0.8'), 'og:title')).toBe('วิ่งริมโขง ๒๕๖๙')
})

test('an event that the public may not see answers 404 with the page of the shop, as an unknown one', async () => {
  await using t = await appWithPages()
  const hidden = [
    await scene(t, { status: 'planning' }),
    await scene(t, { status: 'archived' }),
    await scene(t, { visibility: 'code' }),
  ]
  const paths = ['no-such-event', 'a%00b', '%F0%9F%98%80', 'x'.repeat(150), ...hidden.map(({ event }) => event.slug)]
  for (const path of paths.flatMap(path => [path, `${path}/photos`])) {
    const answer = await t.app.inject({ url: `/events/${path}` })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain('<title>ไม่พบงานนี้ · ThePixStock</title>')
    expect(answer.body).toContain('<div id="app">')
    expect(answer.body).not.toMatch(/Mekong|media\//)
    expect(dataOf(answer.body)).toEqual({ storefront: MARKETPLACE })
  }
})

test('a photo off the sale is no cover in a shared link', async () => {
  await using t = await appWithPages()
  const { event, photo } = await scene(t)
  await t.db.update(photos).set({ approval: 'pending' }).where(eq(photos.id, photo.id))

  const { body } = await t.app.inject({ url: `/events/${event.slug}` })

  expect(metaOf(body, 'og:image')).toBeUndefined()
  expect(body).not.toContain(photo.id)
})

test('gallery and results are not indexed, nor an event that only its link leads to', async () => {
  await using t = await appWithPages()
  const { event } = await scene(t)
  const linked = await scene(t, { visibility: 'link' })
  const paths = [`${event.slug}/photos`, `${event.slug}/find-me`, `${event.slug}/find-me?search=x`, linked.event.slug]
  for (const path of paths) {
    const answer = await t.app.inject({ url: `/events/${path}` })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['x-robots-tag']).toContain('noindex')
    expect(metaOf(answer.body, 'robots')).toContain('noindex')
    expect(linkedDataOf(answer.body)).toBeUndefined()
  }
})

test('what an organizer writes cannot become markup or end the data', async () => {
  await using t = await appWithPages()
  const nasty = `</script><script>alert(1)</script>"'>$& \u2028 &amp;`
  const { event } = await scene(t, { nameTh: nasty, nameEn: nasty, descriptionTh: nasty })

  const { body } = await t.app.inject({ url: `/events/${event.slug}` })

  expect(body).not.toContain('<script>alert')
  expect(body.match(/<script/g)).toHaveLength(3)
  expect(body.split('id="page-data">')[1]).not.toContain('\u2028')
  expect(dataOf(body)?.event?.event.name.th).toBe(nasty)
  expect(linkedDataOf(body)).toMatchObject({ name: nasty, description: nasty })
})

test('the home page brings its events, prices and the photos of the hero', async () => {
  await using t = await appWithPages()
  const { event, photo } = await scene(t)
  await scene(t, { visibility: 'link' })

  const answer = await t.app.inject({ url: '/' })

  const { home } = dataOf(answer.body) ?? {}
  expect(home?.events).toEqual((await t.app.inject({ url: '/api/events?limit=12' })).json())
  expect(home?.packages).toEqual((await t.app.inject({ url: '/api/packages' })).json().items)
  expect(home?.hero.map(({ id, eventId }) => [id, eventId])).toEqual([[photo.id, event.id]])
  expect(answer.body).toContain('<title>ThePixStock</title>')
})

test('a page comes packed, is known by its ETag, and is asked about every time', async () => {
  await using t = await appWithPages()
  const { event } = await scene(t)
  const get = (headers: Record<string, string>) => t.app.inject({ url: `/events/${event.slug}`, headers })

  const plain = await get({})
  expect(plain.headers['cache-control']).toBe('no-cache')
  expect(plain.headers.vary).toContain('accept-encoding')
  const packed = await get({ 'accept-encoding': 'gzip, deflate, br' })
  expect(packed.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body)
  const zipped = await get({ 'accept-encoding': 'gzip' })
  expect(gunzipSync(zipped.rawPayload).toString()).toBe(plain.body)
  expect((await get({ 'if-none-match': String(plain.headers.etag) })).statusCode).toBe(304)
})

test('a release that replaces the page is served from then on, and without a page the api says so', async () => {
  const own = join(folder, 'replaced.html')
  await using t = await testApp({ settings: { WEB_INDEX: own } })
  const { event } = await scene(t)
  const get = () => t.app.inject({ url: `/events/${event.slug}` })

  expect([(await get()).statusCode, (await get()).json().code]).toEqual([503, 'unavailable'])
  writeFileSync(own, TEMPLATE)
  expect((await get()).body).toContain('og:title')
  writeFileSync(`${own}.new`, TEMPLATE.replace('theme-color', 'another-release'))
  renameSync(`${own}.new`, own)
  expect((await get()).body).toContain('another-release')
})

test('without the setting, the pages are the web server’s alone', async () => {
  await using t = await testApp()
  const { event } = await scene(t)
  const answer = await t.app.inject({ url: `/events/${event.slug}` })
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found'])
})
