import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { linkTo } from './letters.ts'
import { payFromCart } from './pay-from-cart.ts'
import { putIntoCart } from './put-into-cart.ts'
import { shop } from './shop.ts'

const MOONLIGHT = { slug: 'moonlight', shop: 'Moonlight Photo', event: 'Moonlight Graduation 2026' }
const HOUSE_EVENT = 'Riverside Night 2026'
const HOUSE_ADDRESS = 'riverside-night-2026'

/** Where a studio's shop is. Chromium finds every host below localhost on this machine. */
const at = (slug: string, path = '/') => {
  const url = new URL(path, shop.url)
  url.hostname = `${slug}.${url.hostname}`
  return url.href
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test("photos are bought at a studio's storefront: it shows its own events, name and colour alone, and its letter leads back to it", async () => {
  const email = `moon-${Date.now()}@example.com`
  await using person = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const page = await englishPage(person)
  await page.goto(at(MOONLIGHT.slug))
  await page
    .getByRole('link', { name: `${MOONLIGHT.shop} home` })
    .first()
    .waitFor()
  expect(await page.title()).toBe(MOONLIGHT.shop)
  await page.getByRole('link', { name: MOONLIGHT.event }).first().waitFor()
  expect(await page.getByRole('link', { name: HOUSE_EVENT }).count()).toBe(0)
  const fill = page.getByRole('button', { name: 'Search' })
  expect(await fill.evaluate(button => getComputedStyle(button).backgroundColor)).toBe('rgb(59, 91, 219)')

  await page.getByRole('link', { name: MOONLIGHT.event }).first().click()
  await page.waitForURL('**/events/moonlight-*')
  await putIntoCart(page, `${page.url()}/photos`)
  await payFromCart(page, email)
  await page.waitForURL(at(MOONLIGHT.slug, '/checkout/success/**'))

  const link = await linkTo(email, '/orders/open')
  expect(link.startsWith(at(MOONLIGHT.slug, '/orders/open'))).toBe(true)
  const again = await person.newPage()
  await again.goto(link)
  const downloading = again.waitForEvent('download')
  await again
    .getByRole('link', { name: /^Download photo 1/ })
    .first()
    .click()
  expect((await downloading).suggestedFilename()).toMatch(/\.jpe?g$/i)
})

test("a storefront has nothing of another studio's, the marketplace has both, and an address that no studio has says so", async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await englishPage(person)
  const answer = await page.goto(at(MOONLIGHT.slug, `/events/${HOUSE_ADDRESS}`))
  expect(answer?.status()).toBe(404)
  await page.getByRole('heading', { name: "We can't find this event" }).waitFor()

  await page.goto('/')
  for (const name of [HOUSE_EVENT, MOONLIGHT.event]) await page.getByRole('link', { name }).first().waitFor()

  const unknown = await page.goto(at('nobody-sells-here', '/'))
  expect(unknown?.status()).toBe(404)
  await page.getByRole('heading', { name: 'No shop has this address' }).waitFor()
  await page.getByRole('link', { name: 'See all events' }).click()
  await page.waitForURL(`${shop.url}/`)
})
