import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, signIn } from './crew.ts'
import { openLine } from './line.ts'
import { makePhotos } from './sample-photos.ts'
import { violationsOf } from './violations.ts'

const DEMO = '/events/riverside-night-2026'
const WORDS = {
  th: { name: 'คืนริมน้ำ 2026', kept: /เก็บไว้ในเครื่องเมื่อ/, failed: 'โหลดไม่สำเร็จ', retry: 'ลองใหม่' },
  en: {
    name: 'Riverside Night 2026',
    kept: /your device kept at/,
    failed: "We couldn't load this",
    retry: 'Try again',
  },
}
const update = (page: Page) => page.getByText('มีเวอร์ชันใหม่')

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Until the worker looks after this page and keeps what a path shows. */
async function untilKept(page: Page, path: string): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await expect
    .poll(() => page.evaluate(async wanted => (await caches.match(wanted, { cacheName: 'kept-pages' }))?.ok, path))
    .toBe(true)
}

/** What this device keeps, by the addresses of all its caches. */
const keptAddresses = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async name => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })

/** What axe finds on this page in both themes. */
async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    found.push(...(await violationsOf(page)).map(line => `${colorScheme} ${line}`))
  }
  return found
}

const inLanguage = (person: BrowserContext, locale: 'th' | 'en') =>
  person.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)

test.each(['th', 'en'] as const)(
  'without a line (%s) an event seen before opens with a line that says so, others say why not and come back',
  async locale => {
    const { name, kept, failed, retry } = WORDS[locale]
    await using person = await newPerson(browser, { viewport: PHONE, locale, serviceWorker: true })
    await inLanguage(person, locale)
    const page = await person.newPage()
    await page.goto(DEMO)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await page.getByText(kept).count()).toBe(0)
    await untilKept(page, DEMO)

    await person.setOffline(true)
    for (const path of [DEMO, `${DEMO}/photos`]) {
      await page.goto(path)
      await page.getByRole('status').getByText(kept).waitFor()
      await page.getByText(name).first().waitFor()
      expect(await violationsInBothThemes(page)).toEqual([])
    }
    await page.goto('/events/night-market-2026')
    await page.getByRole('heading', { level: 1, name: failed }).waitFor()
    expect(await page.getByText(kept).count()).toBe(0)
    expect(await page.getByRole('button', { name: retry }).count()).toBe(1)
    await page.goto(DEMO)
    await page.getByRole('status').getByText(kept).waitFor()
    await person.setOffline(false)
    await page.getByRole('status').getByRole('button', { name: retry }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await expect.poll(() => page.getByText(kept).count()).toBe(0)
  },
)

test('on a line that stands still an event that was seen opens within seconds, also by a click', async () => {
  await using line = await openLine()
  await using person = await newPerson(browser, { viewport: PHONE, serviceWorker: true, baseURL: line.url })
  const page = await person.newPage()
  await page.goto(DEMO)
  await untilKept(page, DEMO)
  await page.goto('/')
  await untilKept(page, '/')

  line.hold(/^\/(?!assets\/)/)
  await page.locator(`a[href="${DEMO}"]`).first().click()
  await page.getByRole('heading', { level: 1, name: WORDS.th.name }).waitFor()
  await page.getByRole('status').getByText(WORDS.th.kept).waitFor()
  await page.goto(DEMO)
  await page.getByRole('status').getByText(WORDS.th.kept).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(WORDS.th.name)
})

test('of a photographer who works here the device keeps files and pages of strangers, and nothing of the api', async () => {
  await using person = await newPerson(browser, { serviceWorker: true })
  const page = await person.newPage()
  await page.goto(DEMO)
  await untilKept(page, DEMO)
  await signIn(page, 'photographer')
  for (const path of [DEMO, `${DEMO}/photos`, `${DEMO}/find-me`, '/cart', '/my-photos', '/favourites', '/account']) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
  }
  const strange = (await keptAddresses(page)).filter(
    path => !/^\/((assets|models)\/[\w./-]+|index\.html|events\/[\w-]+)?$/.test(path),
  )
  expect(strange).toEqual([])
})

test('a sign-out deletes the pages that this device keeps', async () => {
  await using person = await newPerson(browser, { locale: 'en', serviceWorker: true })
  await inLanguage(person, 'en')
  const page = await person.newPage()
  await page.goto(DEMO)
  await untilKept(page, DEMO)
  await signIn(page, 'photographer')
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(url => url.pathname === '/login')
  const pages = () =>
    page.evaluate(async () => (await (await caches.open('kept-pages')).keys()).map(({ url }) => new URL(url).pathname))
  expect(await pages()).toEqual([])

  await person.setOffline(true)
  await page.goto(DEMO)
  await page.getByRole('heading', { level: 1, name: WORDS.en.failed }).waitFor()
  expect(await page.getByText(WORDS.en.kept).count()).toBe(0)
})

test('a new version is offered and never loaded by itself, and not while photos are sent', async () => {
  await using line = await openLine()
  await using person = await newPerson(browser, { serviceWorker: true, baseURL: line.url })
  const page = await person.newPage()
  const event = await openEvent(await adminClient(), `e2e-update-${Date.now().toString(36)}`)
  await signIn(page, 'photographer')
  await page.goto(`/photographer/events/${event.id}/upload`)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  line.hold(/^\/api\/uploads/)
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  await page.locator('input[type=file]').setInputFiles((await makePhotos()).slice(0, 1).map(photo => photo.path))
  await page
    .getByText(/^กำลังส่ง/)
    .first()
    .waitFor()
  await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))

  line.deploy('0ffee0')
  await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    await registration.update()
  })
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? null)
  await expect.poll(waiting).toBe('installed')
  expect(await update(page).count()).toBe(0)

  line.release()
  await page.getByText(/^เก็บแล้วและตรวจครบ/).waitFor()
  await update(page).waitFor()
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
  await page.getByRole('button', { name: 'โหลดใหม่' }).click()
  await page.waitForFunction(() => !('isFirstLoad' in window))
  await page.locator('meta[name="build"][content="0ffee0"]').waitFor({ state: 'attached' })
  await page.locator('h1').first().waitFor()
  expect(await update(page).count()).toBe(0)
})
