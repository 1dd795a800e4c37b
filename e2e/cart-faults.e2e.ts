import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'

const GALLERY = '/events/riverside-night-2026/photos'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('pictures of the cart that do not come leave their colours, and come when the net is back', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await page.goto(GALLERY)
  await page.getByRole('button', { name: 'Select this photo' }).first().click()
  await page.getByRole('region').getByRole('button').last().click()
  await page.waitForURL('**/cart')
  const cut = '**/media/**'
  await page.route(cut, route => route.abort())
  await page.reload()
  const picture = page.getByRole('main').getByRole('listitem').locator('img').first()
  const opacity = () => picture.evaluate(image => getComputedStyle(image).opacity)
  await expect.poll(opacity).toBe('0')

  await page.unroute(cut)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(opacity).toBe('1')
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
})

test('the lines of a cart that could not be opened stay together', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await page.route('**/api/cart', route => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/cart')
  const title = page.getByText('We couldn’t open your cart').or(page.getByText("We couldn't open your cart"))
  const [above, below] = [
    await title.boundingBox(),
    await page.getByRole('button', { name: 'Try again' }).boundingBox(),
  ]
  expect(below!.y - (above!.y + above!.height)).toBeLessThan(100)
})
