import { once } from 'node:events'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'

const GALLERY = '/events/riverside-night-2026/photos'
const PHONES = [360, 390, 430]

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Answers what matches only once `release` is called. */
async function holdBack(page: Page, pattern: string): Promise<() => void> {
  const held = new AbortController()
  const released = once(held.signal, 'abort')
  await page.route(pattern, async route => {
    await released
    await route.continue()
  })
  return () => held.abort()
}

/** A gallery's tiles by photo: left, top, width and height in tenths of a pixel. */
const tiles = (page: Page, selector: string): Promise<Record<string, number[]>> =>
  page.locator(selector).evaluateAll(images =>
    Object.fromEntries(
      (images as HTMLImageElement[]).map(image => {
        const { left, top, width, height } = image.getBoundingClientRect()
        const photo = /([0-9a-f-]{36})\.jpg/.exec(image.getAttribute('src') ?? '')?.[1]
        return [photo, [left, top, width, height].map(px => Math.round(px * 10))]
      }),
    ),
  )

/** Greatest difference of one side of one tile, px; every tile of `before` has to be there. */
function furthest(before: Record<string, number[]>, after: Record<string, number[]>): number {
  const moved = Object.entries(before).flatMap(([photo, sides]) => sides.map((side, at) => side - after[photo]![at]!))
  return Math.max(...moved.map(Math.abs)) / 10
}

for (const locale of ['th', 'en'] as const)
  test(`the first tiles of a gallery stand where the HTML put them once the application has taken over (${locale})`, async () => {
    for (const width of PHONES) {
      await using person = await newPerson(browser, { viewport: { width, height: 740 }, locale })
      const page = await person.newPage()
      await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
      const startApp = await holdBack(page, '**/assets/*.js')
      const sendFonts = await holdBack(page, '**/*.woff2')
      const sendLayout = await holdBack(page, '**/photos/layout*')
      await page.goto(GALLERY, { waitUntil: 'commit' })
      await page.locator('.first-rows img').nth(8).waitFor()
      // The browser lays the page out for us before its style sheet has come, though it paints nothing.
      await page.waitForFunction(() => getComputedStyle(document.querySelector('.first-row')!).display === 'flex')
      const ofHtml = await tiles(page, '.first-rows img')

      startApp()
      await page.locator('[data-at] img').nth(8).waitFor()
      expect([width, furthest(ofHtml, await tiles(page, '[data-at] img'))]).toEqual([width, expect.closeTo(0, 0)])
      sendLayout()
      sendFonts()
      await page.evaluate(() => document.fonts.ready)
      await page.waitForLoadState('networkidle')
      expect([width, furthest(ofHtml, await tiles(page, '[data-at] img'))]).toEqual([width, expect.closeTo(0, 0)])
    }
  })

test('the files of the opened page are asked for beside the first scripts, not after them', async () => {
  await using person = await newPerson(browser, { viewport: { width: 360, height: 740 } })
  for (const [path, file] of [
    ['/cart', /\/assets\/checkout-[\w-]+\.js$/],
    ['/events/riverside-night-2026/find-me', /\/assets\/find-words-th-[\w-]+\.js$/],
  ] as const) {
    const page = await person.newPage()
    // No script of the application can ask for them.
    await page.route('**/assets/base-*.js', route => route.abort())
    const asked = page.waitForRequest(file)
    await page.goto(path)
    expect((await (await asked).response())?.status()).toBe(200)
    await page.close()
  }
})

test('the cart is asked for before the application can ask, and once', async () => {
  await using person = await newPerson(browser, { viewport: { width: 360, height: 740 } })
  const page = await person.newPage()
  const asked: string[] = []
  page.on('request', request => request.url().endsWith('/api/cart') && asked.push(request.method()))
  const start = await holdBack(page, '**/assets/base-*.js')
  await page.goto('/cart', { waitUntil: 'commit' })
  await expect.poll(() => asked).toEqual(['GET'])
  start()
  await page.getByText('ตะกร้ายังว่างอยู่').waitFor()
  expect(asked).toEqual(['GET'])
})

test('a Thai heading is as high in the letters that stand in as in its own', async () => {
  await using person = await newPerson(browser, { viewport: { width: 360, height: 740 } })
  const page = await person.newPage()
  const sendFonts = await holdBack(page, '**/noto-serif-thai*.woff2')
  await page.goto('/events/riverside-night-2026/find-me')
  const heading = page.getByRole('heading', { level: 1 })
  await heading.waitFor()
  const before = await heading.boundingBox()
  sendFonts()
  await page.evaluate(() => document.fonts.ready)
  await expect.poll(() => page.evaluate(() => document.fonts.check('600 20px "Noto Serif Thai 600"', 'ก'))).toBe(true)
  expect((await heading.boundingBox())!.height).toBeCloseTo(before!.height, 0)
})

/** As they came over the wire. */
async function bytesOf(requests: readonly Request[]): Promise<number> {
  const sizes = await Promise.all(requests.map(request => request.sizes()))
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
}

test('an event page brings at most 120 kB of scripts, without the library of schemas, and 80 kB of fonts', async () => {
  await using person = await newPerson(browser, { viewport: { width: 360, height: 740 } })
  const page = await person.newPage()
  const finished: Request[] = []
  page.on('requestfinished', request => finished.push(request))
  await page.goto('/events/riverside-night-2026', { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  const ofType = (type: string) => finished.filter(request => request.resourceType() === type)
  const scripts = ofType('script').map(request => request.url())
  for (const url of scripts) expect(await (await page.request.get(url)).text()).not.toContain('ZodError')
  expect(scripts.length).toBeGreaterThan(1)
  expect(await bytesOf(ofType('script'))).toBeLessThan(120_000)
  const fonts = await bytesOf(ofType('font'))
  expect(fonts).toBeGreaterThan(0)
  expect(fonts).toBeLessThan(80_000)
})
