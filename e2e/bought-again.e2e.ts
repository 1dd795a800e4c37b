import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { payFromCart } from './pay-from-cart.ts'
import { putIntoCart } from './put-into-cart.ts'

const GALLERY = '/events/riverside-night-2026/photos'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('a bought photo that is opened in the gallery again has no watermark, and another one has', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await putIntoCart(page, GALLERY)
  await payFromCart(page, `again-${Date.now()}@example.com`)
  await page.getByText('1 of 1').first().waitFor()

  await page.goto(GALLERY)
  const tiles = page.getByRole('main').getByRole('listitem')
  await tiles.first().getByText('Bought').waitFor()
  await tiles.first().getByRole('button').first().click()
  const pictures = page.getByRole('dialog').locator('img')
  const sourceOf = (at: number) => pictures.nth(at).evaluate((image: HTMLImageElement) => new URL(image.src).pathname)
  await pictures.nth(1).waitFor()
  expect(await sourceOf(1)).toMatch(/\/bought-preview$/)
  // It lies over the marked one once it has come.
  await expect.poll(() => pictures.nth(1).evaluate(image => getComputedStyle(image).opacity)).toBe('1')
  expect(await pictures.nth(1).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(600)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => pictures.count()).toBe(1)
  expect(await sourceOf(0)).toMatch(/^\/media\//)
})
