import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, openWithoutCookies, PHONE } from './browser.ts'
import { makeSelfie } from './sample-photos.ts'

const DEMO = '/events/riverside-night-2026'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** What the page throws; a page that works throws nothing. */
function errorsOf(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  return errors
}

test.each([
  ['th', 'เข้าสู่ระบบ', 'ใส่อีเมลให้ครบ เช่น name@example.com'],
  ['en', 'Sign in', 'Enter a full e-mail, like name@example.com'],
] as const)('the sign-in page in %s says what is missing and stays', async (locale, button, fault) => {
  await using person = await newPerson(browser, { viewport: PHONE, locale })
  const page = await person.newPage()
  const errors = errorsOf(page)
  await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
  await page.goto('/login')
  const email = page.locator('input[type=email]')
  await email.fill('half@an')
  await page.locator('input[type=password]').focus()
  await page.getByRole('alert').getByText(fault).waitFor()
  await email.fill('')
  await page.locator('form').getByRole('button', { name: button }).click()
  await page.getByRole('alert').getByText(fault).waitFor()
  expect(await page.getByRole('heading', { name: button }).count()).toBe(1)
  expect(errors).toEqual([])
})

test('a page that cannot be drawn says so, and trying again brings it', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const answer = `**/api${DEMO}`
  await page.route(answer, async route => {
    const { name: _, ...event } = (await (await route.fetch()).json()) as { name: object }
    await route.fulfill({ json: event })
  })
  // A page that is opened by its address has the event in its HTML and asks for none.
  await page.goto('/')
  await page.locator(`a[href="${DEMO}"]`).first().click()
  await page.getByRole('alert').getByRole('heading', { name: 'หน้านี้มีปัญหา' }).waitFor()
  await page.unroute(answer)
  await page.getByRole('button', { name: 'ลองใหม่' }).click()
  await page.getByRole('heading', { level: 1, name: 'คืนริมน้ำ 2026' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a first page whose script does not come says so and goes on by itself when the net is back', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  // The cart's own chunk (web/vite/area-of.ts): without that of the shop there is nothing that could say so.
  const scripts = '**/assets/checkout-*.js'
  await page.route(scripts, route => route.abort())
  await page.goto('/cart')
  await page.getByRole('alert').getByRole('heading', { name: 'หน้านี้ยังโหลดไม่ได้' }).waitFor()
  await page.unroute(scripts)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByRole('heading', { level: 1, name: 'ตะกร้า' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('where storage is blocked people browse, change the language and find themselves', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const errors = errorsOf(page)
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('The request was denied.', 'SecurityError')
        },
      })
  })
  await browse(page)
  await page.goto(`${DEMO}/find-me`)
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(await makeSelfie('small'))
  await page.getByRole('heading', { name: /เจอคุณ/ }).waitFor({ timeout: 300_000 })
  expect(errors).toEqual([])
})

test('where cookies are blocked people browse, and a message says where a cookie is needed', async () => {
  await using person = await openWithoutCookies(PHONE)
  const page = await person.newPage()
  const errors = errorsOf(page)
  await browse(page)
  expect(await person.cookies()).toEqual([])
  for (const path of [`${DEMO}/find-me`, '/cart', '/login']) {
    await page.goto(path)
    await page.getByText('เบราว์เซอร์นี้ปิดกั้นคุกกี้').waitFor()
  }
  await page.goto(`${DEMO}/photos`)
  await page.locator('[data-at] .pick').first().click()
  await page.getByRole('region').getByRole('button', { name: /฿/ }).click()
  await page.getByRole('region').getByText('เบราว์เซอร์นี้ปิดกั้นคุกกี้').waitFor()
  expect(errors).toEqual([])
})

/** Home, event, one photo large; the language changes, though it cannot be kept. */
async function browse(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.goto(`${DEMO}/photos`)
  await page.locator('[data-at] .open').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ปิด' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const language = page.getByRole('button', { name: /EN/ }).first()
  await language.click()
  await page.locator('html[lang=en]').waitFor()
  await language.click()
  await page.locator('html[lang=th]').waitFor()
}
