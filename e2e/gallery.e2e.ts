import type { Browser, BrowserContext, CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent } from './crew.ts'
import { shop } from './shop.ts'

const GALLERY = '/events/riverside-night-2026/photos'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** A phone with fingers; in English, so that what is read is the same everywhere. */
async function onPhone(): Promise<{ person: BrowserContext; page: Page; fingers: CDPSession }> {
  const person = await browser.newContext({
    baseURL: shop.url,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
    locale: 'en-GB',
  })
  person.setDefaultTimeout(60_000)
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  return { person, page, fingers: await person.newCDPSession(page) }
}

async function openGallery(page: Page): Promise<Locator> {
  await page.goto(GALLERY)
  const tiles = page.getByRole('main').getByRole('listitem')
  await tiles.first().waitFor()
  return tiles
}

/** In the viewport's pixels, once it stands still there and nothing covers it. */
const middleOf = async (what: Locator) => {
  await what.hover({ trial: true })
  const box = (await what.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const photoInAddress = (page: Page) => new URL(page.url()).searchParams.get('photo')

test('the Back key closes an open photo, and the photo has an address of its own', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  const tiles = await openGallery(page)
  await tiles.nth(1).getByRole('button').first().click()
  const dialog = page.getByRole('dialog').locator('img')
  await dialog.waitFor()
  const opened = photoInAddress(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForURL(url => url.searchParams.get('photo') !== opened)
  const address = page.url()

  await page.goBack()
  await dialog.waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(GALLERY)

  await page.goto(address)
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(GALLERY)
})

test('coming back to the gallery finds the place it was left at, once its photos are laid out', async () => {
  const { person, page } = await onPhone()
  await using _ = person
  await openGallery(page)
  await page.evaluate(() => scrollTo(0, 900))
  await page.waitForFunction(() => scrollY === 900)
  // Without the scrolling that the driver does before a click of its own.
  const home = page.getByRole('banner').getByRole('link', { name: 'ThePixStock home' })
  await home.evaluate((link: HTMLElement) => link.click())
  await page.waitForURL('**/')
  await page.route('**/photos/layout*', async route => {
    const answer = await route.fetch()
    await page.waitForFunction(() => scrollY < 900)
    await route.fulfill({ response: answer })
  })
  await page.goBack()
  await page.waitForFunction(() => scrollY === 900)
  expect(await page.getByRole('main').getByRole('listitem').first().isVisible()).toBe(true)
})

test('a thumb that scrolls over the time ribbon chooses nothing; one drawn sideways does, and that is said', async () => {
  const { person, page, fingers } = await onPhone()
  await using _ = person
  await openGallery(page)
  const bars = page.locator('.bars')
  const { x, y } = await middleOf(bars)
  await touch(fingers, 'touchStart', [{ x, y }])
  for (const up of [20, 60, 110, 170]) await touch(fingers, 'touchMove', [{ x: x + 3, y: y - up }])
  await touch(fingers, 'touchEnd', [])
  await page.waitForFunction(() => scrollY > 100)
  const narrowed = page.getByText(/^Showing \d+ of \d+$/)
  expect(await narrowed.count()).toBe(0)
  // Gold says what is chosen.
  const hasGold = () =>
    bars.evaluate(element => {
      const probe = element.appendChild(document.createElement('i'))
      probe.style.background = 'var(--gold)'
      const gold = getComputedStyle(probe).backgroundColor
      probe.remove()
      return [...element.children].some(bar => getComputedStyle(bar).backgroundColor === gold)
    })
  expect(await hasGold()).toBe(false)

  // The gallery is opened again: the earlier page still scrolls.
  await openGallery(page)
  const from = await middleOf(bars)
  await touch(fingers, 'touchStart', [from])
  for (const dx of [15, 30, 60]) await touch(fingers, 'touchMove', [{ x: from.x + dx, y: from.y }])
  await touch(fingers, 'touchEnd', [])
  await narrowed.waitFor()
  await expect.poll(hasGold).toBe(true)
  await page.getByRole('button', { name: 'Show all' }).click()
  await narrowed.waitFor({ state: 'detached' })
})

test('a search on a phone shows its heading and says how many events it found', async () => {
  const { person, page } = await onPhone()
  await using _ = person
  await page.goto('/')
  await page.getByRole('searchbox').fill('Riverside')
  await page.getByRole('searchbox').press('Enter')
  await page
    .getByRole('status')
    .getByText(/^\d+ events?$/)
    .waitFor()
  const heading = page.getByRole('heading', { name: 'Results for “Riverside”' })
  const isSeen = async () => {
    const box = (await heading.boundingBox())!
    return box.y >= 0 && box.y + box.height <= PHONE.height
  }
  await expect.poll(isSeen).toBe(true)
})

test('two fingers enlarge the photo and neither turn it nor zoom the page', async () => {
  const { person, page, fingers } = await onPhone()
  await using _ = person
  const tiles = await openGallery(page)
  await tiles.nth(1).getByRole('button').first().tap()
  const picture = page.getByRole('dialog').locator('img')
  await picture.waitFor()
  const opened = photoInAddress(page)
  const { x, y } = await middleOf(picture)
  await touch(fingers, 'touchStart', [
    { x: x - 20, y },
    { x: x + 20, y },
  ])
  for (const apart of [30, 45, 60])
    await touch(fingers, 'touchMove', [
      { x: x - apart, y },
      { x: x + apart, y },
    ])
  await touch(fingers, 'touchEnd', [])
  const enlarged = () => picture.evaluate(image => image.getBoundingClientRect().width / image.clientWidth)
  await expect.poll(enlarged).toBeGreaterThan(2)
  expect(await page.evaluate(() => visualViewport!.scale)).toBe(1)
  expect(photoInAddress(page)).toBe(opened)
})

test('a finger drawn over a whole photo turns to the next, one drawn down closes it', async () => {
  const { person, page, fingers } = await onPhone()
  await using _ = person
  const tiles = await openGallery(page)
  await tiles.nth(1).getByRole('button').first().tap()
  const dialog = page.getByRole('dialog')
  const { x, y } = await middleOf(dialog.locator('img'))
  const opened = photoInAddress(page)
  const draw = async (dx: number, dy: number) => {
    await touch(fingers, 'touchStart', [{ x, y }])
    for (const share of [0.3, 0.7, 1]) await touch(fingers, 'touchMove', [{ x: x + dx * share, y: y + dy * share }])
    await touch(fingers, 'touchEnd', [])
  }
  await draw(-140, 5)
  await page.waitForURL(url => url.searchParams.get('photo') !== opened)
  await draw(5, 180)
  await dialog.waitFor({ state: 'detached' })
  expect(photoInAddress(page)).toBeNull()
})

test('a finger that holds a photo selects it and opens nothing; holding another selects all between', async () => {
  const { person, page, fingers } = await onPhone()
  await using _ = person
  const tiles = await openGallery(page)
  const hold = async (index: number) => {
    await touch(fingers, 'touchStart', [await middleOf(tiles.nth(index))])
    await tiles.nth(index).locator('[aria-pressed=true]').waitFor()
    await touch(fingers, 'touchEnd', [])
  }
  await hold(0)
  await page.getByText('1 photo selected').waitFor()
  await hold(3)
  await page.getByText('4 photos selected').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('a page that the browser has translated shows the price of what is selected now', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const tiles = await openGallery(page)
  const tick = (index: number) => tiles.nth(index).getByRole('button', { name: 'Select this photo' }).click()
  await tick(0)
  const bar = page.getByRole('region')
  await bar.getByText('฿60').waitFor()
  await bar.evaluate(translate)
  await tick(1)
  await bar.getByText('฿120').waitFor()
  expect(await bar.innerText()).not.toContain('฿60')
})

/** What a browser's translator does to a page: each text moves into elements of its own making. */
function translate(root: Element): void {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (texts.nextNode()) found.push(texts.currentNode as Text)
  for (const text of found) {
    if (!text.data.trim() || text.parentElement?.closest('[translate=no]')) continue
    const font = document.createElement('font')
    font.textContent = text.data
    text.replaceWith(font)
  }
}

test('at 320 pixels nothing is wider than the page and everything in the bar can be pressed', async () => {
  await using person = await newPerson(browser, { viewport: { width: 320, height: 640 }, locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  // What people name may hold a word longer than the page is wide.
  const word = 'Championships'.repeat(5)
  const long = await openEvent(await adminClient(), `long-${Date.now().toString(36)}`, { th: word, en: word })
  for (const path of ['/', '/events/riverside-night-2026', `/events/${long.slug}`, '/cart', '/login']) {
    await page.goto(path, { waitUntil: 'networkidle' })
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320])
  }
  const tiles = await openGallery(page)
  await tiles.first().getByRole('button', { name: 'Select this photo' }).click()
  const gold = page.getByRole('region').getByRole('button').last()
  await gold.click({ trial: true })
  const box = (await gold.boundingBox())!
  expect(box.x + box.width).toBeLessThanOrEqual(320)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})

/** Where fingers are now; none when they are lifted. */
async function touch(
  fingers: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  points: { x: number; y: number }[],
): Promise<void> {
  await fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points })
}
