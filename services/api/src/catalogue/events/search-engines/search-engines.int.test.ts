import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { type TestApp, testApp, TEST_ORIGIN } from '../../../testing/test-app.ts'

const MARKET = 'shop.test'

/** Over a socket, as a search engine asks. */
async function listening(t: TestApp) {
  await t.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = t.app.server.address() as AddressInfo
  return (path: string, host: string) =>
    new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', path, headers: { host } }, async answer => {
        const { statusCode: status = 0, headers } = answer
        resolve({ status, type: headers['content-type'] ?? '', body: await text(answer) })
      })
      asked.on('error', reject).end()
    })
}

const pages = (origin: string) => ['/', '/join', '/help', '/privacy', '/terms'].map(path => origin + path)
const addressesOf = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)

test('the sitemap of each host names its own public events that are on sale or closed, and no other', async () => {
  await using t = await testApp()
  const get = await listening(t)
  const studio = await t.studio({ slug: 'moon' })
  const sold = await t.event({})
  const closed = await t.event({ status: 'closed', studioId: studio.id })
  for (const hidden of [
    { visibility: 'link' },
    { visibility: 'code' },
    { status: 'planning' },
    { status: 'open' },
    { status: 'archived' },
  ] as const)
    await t.event(hidden)

  const { status, type, body } = await get('/sitemap.xml', MARKET)
  expect([status, type]).toEqual([200, 'application/xml; charset=utf-8'])
  const listed = addressesOf(body)
  expect(listed.slice(0, 5)).toEqual(pages(TEST_ORIGIN))
  expect(listed.slice(5).toSorted()).toEqual(
    [sold, closed].map(({ slug }) => `${TEST_ORIGIN}/events/${slug}`).toSorted(),
  )
  const shop = TEST_ORIGIN.replace(MARKET, `moon.${MARKET}`)
  const ofShop = addressesOf((await get('/sitemap.xml', `moon.${MARKET}`)).body)
  expect(ofShop).toEqual([...pages(shop), `${shop}/events/${closed.slug}`])

  await t.db.update(events).set({ status: 'archived' }).where(eq(events.id, sold.id))
  expect((await get('/sitemap.xml', MARKET)).body).not.toContain(sold.slug)
})

test('robots.txt names the sitemap of the host; where no shop is, nothing is to be read', async () => {
  await using t = await testApp()
  const get = await listening(t)
  const { status, type, body } = await get('/robots.txt', MARKET)
  expect([status, type]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(body).toBe(`User-agent: *\nDisallow: /objects/\n\nSitemap: ${TEST_ORIGIN}/sitemap.xml\n`)
  expect((await get('/robots.txt', `nobody.${MARKET}`)).body).toBe('User-agent: *\nDisallow: /\n')
  expect((await get('/sitemap.xml', `nobody.${MARKET}`)).status).toBe(404)
})
