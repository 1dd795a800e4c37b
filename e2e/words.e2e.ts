import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'

const DEMO = '/events/riverside-night-2026'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** The files of words that a page asks for, by their names in web/vite/area-of.ts. */
function wordsOf(page: Page): string[] {
  const files: string[] = []
  page.on('request', request => {
    const name = /\/assets\/((?:work-)?words-(?:th|en))-/.exec(request.url())?.[1]
    if (name && !files.includes(name)) files.push(name)
  })
  return files
}

test('a visitor downloads the words of the shop in Thai alone, and the English ones on choosing English', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const files = wordsOf(page)
  await page.goto(DEMO)
  await page.getByRole('heading', { level: 1, name: 'คืนริมน้ำ 2026' }).waitFor()
  await page.getByRole('button', { name: 'Switch to English' }).waitFor()
  expect(files).toEqual(['words-th'])
  await page.getByRole('button', { name: 'Switch to English' }).click()
  await page.getByRole('button', { name: 'เปลี่ยนเป็นภาษาไทย' }).waitFor()
  expect(files).toEqual(['words-th', 'words-en'])
  await page.goto('/login')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(files).toEqual(['words-th', 'words-en'])
})

test('a page whose words do not come says so in words, and goes on by itself when the net is back', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const words = '**/assets/words-th-*.js'
  await page.route(words, route => route.abort())
  await page.goto('/cart')
  await page.getByRole('alert').getByRole('heading', { name: 'หน้านี้ยังโหลดไม่ได้' }).waitFor()
  expect(await page.locator('body').innerText()).not.toMatch(/\b(app|page|ui|cart)\.\w/)
  await page.unroute(words)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByRole('heading', { level: 1, name: 'ตะกร้า' }).waitFor()
})

test('a language that cannot be loaded leaves the page as it is and says so', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await page.goto('/cart')
  await page.route('**/assets/words-en-*.js', route => route.abort())
  // Offline, as a page that is not reloads once in the hope of a newer release.
  await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }))
  await page.getByRole('button', { name: 'Switch to English' }).click()
  await page.getByText('ยังโหลดไม่ได้ ดูสัญญาณเน็ตแล้วลองใหม่').waitFor()
  expect(await page.getByRole('heading', { level: 1, name: 'ตะกร้า' }).count()).toBe(1)
})
