import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test.each([0, 1])('demo selfie %s, once agreed to, finds photos of the demo event', async which => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await page.goto('/events/riverside-night-2026/find-me')
  const selfies = page.locator('button:has(img[src^="/demo/"])')
  await expect.poll(() => selfies.count()).toBe(2)
  expect(await selfies.nth(which).isDisabled()).toBe(true)
  await page.getByRole('checkbox').check()
  await selfies.nth(which).click()
  await page.locator('[data-at="0"] img').waitFor({ timeout: 300_000 })
  expect(await page.locator('[data-at]').count()).toBeGreaterThan(1)

  // A photo that is taken out of the choice moves no other, whatever the words above it are then.
  await page.evaluate(() => document.fonts.ready)
  const tile = page.locator('[data-at="0"]').first()
  const placeOf = () => tile.evaluate(element => element.getBoundingClientRect().top + scrollY)
  const before = await placeOf()
  await page.getByRole('button', { name: 'Clear', exact: true }).first().click()
  await page
    .getByRole('button', { name: /^Select (it|all)/ })
    .first()
    .waitFor()
  expect(await placeOf()).toBe(before)
})
