import { changeOwnPortfolio } from '@pix/contracts/photographers.ts'
import { listCrewPhotos, PictureSize, pictureUrl } from '@pix/contracts/photos.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, photographerClient, putOnSale, uploadPhotos } from './crew.ts'
import { putIntoCart } from './put-into-cart.ts'
import { makePlainPhotos, makeSelfie } from './sample-photos.ts'
import { shop } from './shop.ts'
import { untilWhole, visitorPages } from './visitor-pages.ts'

/** Photos of this colour alone: whatever else a picture of them shows is the mark. */
const COLOUR = { r: 0x6f, g: 0x7f, b: 0x8f }
const DEMO = '/events/riverside-night-2026'
/** The second studio's own shop. Chromium finds every host below localhost on this machine. */
const STOREFRONT = shop.url.replace('//', '//moonlight.')
/** No photos: the icons of the shop, the selfies that only the demo has, and logos of studios. */
const OWN = /^\/(favicon\.svg|icons\/[a-z]+-\d+\.png|demo\/selfie-\d\.jpg|media\/studios\/.+)$/
/** The public page of who took the photos. */
const portfolio = { slug: 'e2e-marked', name: 'Nok Riverside', about: '' }

let browser: Browser
let event: string
let photo: { id: string; eventId: string }
beforeAll(async () => {
  browser = await openBrowser()
  const admin = await adminClient()
  const { id, slug } = await openEvent(admin, `e2e-marked-${Date.now().toString(36)}`)
  await uploadPhotos(admin, id, await makePlainPhotos(['#6f7f8f', '#6f7f8f', '#6f7f8f']))
  await putOnSale(admin, id)
  const { items } = await admin.call(listCrewPhotos, { params: { id }, query: { limit: 1 } })
  photo = { id: items[0]!.id, eventId: id }
  event = `/events/${slug}`
  await (await photographerClient()).call(changeOwnPortfolio, { body: { ...portfolio, shown: true } })
})
afterAll(async () => {
  await (await photographerClient()).call(changeOwnPortfolio, { body: { ...portfolio, shown: false } })
  await browser?.close()
})

/** Collects the path of every picture that is fetched or named by anything that reaches the browser, or its pages. */
function collect(page: Page) {
  const paths = new Set<string>()
  const read = (text: string) => {
    for (const [path] of text.matchAll(/\/[\w./-]+\.(?:jpe?g|png|webp|avif|gif)\b/gi)) paths.add(path)
  }
  const reading: Promise<void>[] = []
  page.on('response', response => {
    const type = response.headers()['content-type'] ?? ''
    const { protocol, host, pathname } = new URL(response.url())
    const isOurs = [shop.url, STOREFRONT].some(url => host === new URL(url).host)
    if (type.startsWith('image/') && protocol.startsWith('http') && isOurs) paths.add(pathname)
    if (/html|json/.test(type)) reading.push(response.text().then(read, () => undefined))
  })
  return {
    /** The page as it stands now: addresses that the browser had no use for are among its attributes. */
    lookAt: async () => read(await page.content()),
    paths: async () => (await Promise.all(reading), paths),
  }
}

/** Where the pages are whose address has a parameter, by their path in the router. A new one of them gets an address here. */
const addresses = (orderId: string): Record<string, string> => ({
  '/events/:slug': event,
  '/events/:slug/photos': `${event}/photos`,
  '/events/:slug/find-me': `${event}/find-me`,
  '/events/:slug/hide-me': `${event}/hide-me`,
  '/p/:slug': `/p/${portfolio.slug}`,
  '/takedown/:photo': `/takedown/${photo.id}`,
  '/help/:who': '/help/customers',
  '/privacy/:date': '/privacy/2026-01-01',
  '/terms/:date': '/terms/2026-01-01',
  '/checkout/payment/:id': `/checkout/payment/${orderId}`,
  '/checkout/transfer/:id': `/checkout/transfer/${orderId}`,
  '/checkout/success/:id': `/checkout/success/${orderId}`,
  '/:rest': '/no-such-page',
})
/** Pages that this visitor sees with photos. */
const WITH_PHOTOS = [
  '/',
  '/events/:slug',
  '/events/:slug/photos',
  '/p/:slug',
  '/takedown/:photo',
  '/favourites',
  '/cart',
  '/checkout',
]

type Look = ReturnType<typeof collect>['lookAt']

/** A large photo of the event, kept as a favourite, and another one in the cart. */
async function choose(page: Page, lookAt: Look): Promise<void> {
  await page.goto(`${event}/photos`)
  await page.locator('[data-at="0"] .open').click()
  await page.getByRole('dialog').locator('img').waitFor()
  await lookAt()
  const kept = page.waitForResponse(answer => answer.url().endsWith('/api/me/favourites') && answer.status() === 204)
  await page.getByRole('dialog').getByRole('button', { name: 'Keep as favourite', pressed: false }).click()
  await kept
  await putIntoCart(page, `${event}/photos`)
}

/** Orders what is in the cart and does not pay. @returns the order's id */
async function order(page: Page): Promise<string> {
  await page.locator('input[type=email]').fill('marked@example.com')
  await page
    .getByRole('button', { name: /^Pay .* by PromptPay/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.waitForURL('**/checkout/payment/*')
  await page.getByRole('img', { name: /QR/ }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}

/** As a visitor: every page that the router has for them, a large photo, a search with a selfie, and a studio's own shop. */
async function walk(person: BrowserContext): Promise<Set<string>> {
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const { lookAt, paths } = collect(page)
  await choose(page, lookAt)
  const pages = await visitorPages(page)
  const ofOrders = pages.filter(path => /^\/checkout\/.*:id/.test(path))
  const visit = async (path: string, orderId = '') => {
    await page.goto(path.includes(':') ? addresses(orderId)[path]! : path)
    await untilWhole(page)
    if (WITH_PHOTOS.includes(path)) await page.locator('main img').first().waitFor()
    await lookAt()
  }
  expect(pages.filter(path => path.includes(':') && !addresses('')[path])).toEqual([])
  expect(pages).toEqual(expect.arrayContaining(WITH_PHOTOS))
  for (const path of pages) if (!ofOrders.includes(path)) await visit(path)
  await page.goto('/cart')
  const orderId = await order(page)
  for (const path of ofOrders) await visit(path, orderId)

  await page.goto(`${DEMO}/find-me`)
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(await makeSelfie('small'))
  await page.locator('[data-at="0"] img').waitFor({ timeout: 300_000 })
  await lookAt()
  await page.goto(STOREFRONT)
  await page.locator('main img').first().waitFor()
  await lookAt()
  return paths()
}

/** Ids are left out: what remains is the kind of address. */
const kindOf = (path: string) => path.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')

async function fetchPicture(path: string): Promise<Buffer> {
  const answer = await fetch(shop.url + path)
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/jpeg'])
  return Buffer.from(await answer.arrayBuffer())
}

/** Whether each ninth of the picture shows something that the photo, at this size, does not. */
async function isMarked(picture: Buffer): Promise<boolean> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const marked = Array.from({ length: 9 }, () => 0)
  for (let i = 0; i < width * height; i += 1) {
    const off = Math.max(
      Math.abs(data[i * channels]! - COLOUR.r),
      Math.abs(data[i * channels + 1]! - COLOUR.g),
      Math.abs(data[i * channels + 2]! - COLOUR.b),
    )
    const [column, row] = [Math.floor(((i % width) * 3) / width), Math.floor((Math.floor(i / width) * 3) / height)]
    if (off > 12) marked[row * 3 + column]! += 1
  }
  return marked.every(pixels => pixels > (width * height) / 9 / 50)
}

test('every picture that a page shows or names to a visitor is one of the known sizes', async () => {
  const kinds = new Set<string>()
  for (const viewport of [PHONE, undefined]) {
    await using person = await newPerson(browser, { locale: 'en', ...(viewport && { viewport }) })
    for (const path of await walk(person)) if (!OWN.test(path)) kinds.add(kindOf(path))
  }
  // Each kind of address was met. A size that no page shows would not be looked at here.
  const known = PictureSize.options.map(size => kindOf(pictureUrl(photo, size)))
  expect([...kinds].toSorted()).toEqual(known.toSorted())
})

test('of a photo on sale every size over 150 px is marked from edge to edge', async () => {
  for (const size of PictureSize.options) {
    const picture = await fetchPicture(pictureUrl(photo, size))
    const { width, height } = await sharp(picture).metadata()
    const isSmall = Math.max(width, height) <= 150
    expect({ size, isSmall, isMarked: await isMarked(picture) }).toEqual({ size, isSmall, isMarked: !isSmall })
  }
})

test('no other address that answers with pictures gives one to a visitor', async () => {
  const answer = await fetch(`${shop.url}/api/openapi.json`)
  const { paths } = (await answer.json()) as {
    paths: Record<string, { get?: { responses: Record<string, { content?: object }> } }>
  }
  const pictures = Object.entries(paths).flatMap(([path, { get }]) =>
    Object.keys(get?.responses['200']?.content ?? {}).some(type => type.startsWith('image/')) ? [path] : [],
  )
  // Slips and logos of studios are no photos.
  expect(pictures.toSorted()).toEqual([
    '/api/admin/inbox/slip/{id}/picture',
    '/api/photos/{id}/file',
    '/media/studios/{id}/{file}',
    '/media/{eventId}/faces/{file}',
    '/media/{eventId}/{size}/{file}',
  ])
  const tried = [
    [`/media/${photo.eventId}/faces/${photo.id}.jpg`, 401],
    [`/media/${photo.eventId}/original/${photo.id}.jpg`, 404],
    [`/media/studios/${photo.eventId}/${photo.id}.png`, 404],
    [`/api/admin/inbox/slip/${photo.id}/picture`, 401],
    [`/api/photos/${photo.id}/original`, 404],
    [`/api/photos/${photo.id}/jpeg?size=share`, 404],
    [`/api/photos/${photo.id}/file`, 401],
  ] as const
  for (const [path, status] of tried) expect([path, (await fetch(shop.url + path)).status]).toEqual([path, status])
})
