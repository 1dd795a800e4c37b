import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { payFromCart } from './pay-from-cart.ts'
import { putIntoCart } from './put-into-cart.ts'
import { violationsOf } from './violations.ts'

const DEMO = 'riverside-night-2026'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Two photos of the demo, bought without an account. */
async function buyTwo(page: Page): Promise<void> {
  await putIntoCart(page, `/events/${DEMO}/photos`, [1, 0])
  await payFromCart(page, `gift-${Date.now()}@example.com`)
}

/** Makes the link of all photos. @returns it */
async function give(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Give all 2 photos' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name (optional)').fill('Nok')
  await dialog.getByLabel('A line to your friend (optional)').fill('Look at us!')
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await dialog.getByRole('img', { name: 'QR of the link that gives the photos' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  const link = await dialog.getByText(/\/gift#[\w-]{43}$/).innerText()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return link
}

const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)

test('on a phone a buyer gives two photos by a link; a friend without an account sees and downloads them until the link is withdrawn', async () => {
  await using buyer = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const buying = await englishPage(buyer)
  await buyTwo(buying)
  const link = await give(buying)
  await fits(buying)

  await using friend = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const page = await englishPage(friend)
  await page.goto(link)
  await page.getByRole('heading', { name: 'Nok gives you 2 photos' }).waitFor()
  await page.getByText('Look at us!').waitFor()
  await fits(page)
  expect(await violationsOf(page)).toEqual([])
  const cookies = (await friend.cookies()).map(({ name }) => name)
  expect(cookies.filter(name => name.includes('session'))).toEqual([])

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download photo 1' }).click()
  expect((await downloading).suggestedFilename()).toMatch(/\.jpe?g$/i)
  // Opened, it is still there after a reload, and Back closes it.
  await page.getByRole('button', { name: 'Photo 1 of 2' }).first().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Original/ })
    .waitFor()
  await page.reload()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Original/ })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await buying.reload()
  await buying.getByText('downloaded once').waitFor()
  await buying.getByRole('button', { name: /^Withdraw the link of 2 photos/ }).click()
  await buying.getByText('The link is withdrawn').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'This link opens nothing any more' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
})
