import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, BrowserContext } from 'playwright-core'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { putIntoCart } from './put-into-cart.ts'
import { makePlainPhotos } from './sample-photos.ts'
import { shop } from './shop.ts'

/** The setup link of a shop that nobody has set up: `npm test` hands it over before it makes the demo. */
const setupLink = process.env.PIX_E2E_SETUP_LINK
const note = setupLink ? '' : ' [skipped: this shop is set up]'

const OWNER = { name: 'Owner', email: 'owner@first-run.test', password: 'brass kettle over moss' }
const SLUG = 'harbour-run-2026'

let browser: Browser
beforeAll(async () => {
  if (setupLink) browser = await openBrowser()
})
afterAll(() => browser?.close())

test.skipIf(!setupLink)(
  `an empty installation is set up and sells its first photo, all on its pages${note}`,
  async () => {
    await using owner = await newPerson(browser, { locale: 'en' })
    const page = await openInEnglish(owner)
    await makeFirstAdmin(page, setupLink!)
    await checkEverything(page)
    await makeEvent(page)
    await setPrices(page)
    await fillEvent(page)
    await page.getByRole('button', { name: 'Put on sale' }).click()
    await page.getByRole('link', { name: 'Open in the shop' }).waitFor()

    await using customer = await newPerson(browser, { viewport: PHONE, locale: 'en' })
    await buyFirstPhoto(customer)

    await page.goto(setupLink!)
    await page.getByRole('heading', { name: 'The first run is done' }).waitFor()
    const again = await page.request.post('/api/setup', {
      data: { token: new URL(setupLink!).hash.slice(1), ...OWNER, email: 'second@first-run.test' },
      headers: { origin: shop.url },
    })
    expect(again.status()).toBe(404)
    await retire(page)
  },
)

async function openInEnglish(person: BrowserContext): Promise<Page> {
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  return page
}

async function makeFirstAdmin(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Make the admin account' }).click()
  await page.getByText('Please enter your name').waitFor()
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Make the admin account' }).click()
  await page.waitForURL('**/admin/settings?first=1')
}

/** Letters, storage and gateway, each asked live. */
async function checkEverything(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: /^Check/ })
  await buttons.first().waitFor()
  for (let at = 0; at < (await buttons.count()); at += 1) await buttons.nth(at).click()
  await expect.poll(() => page.getByText('Works', { exact: true }).count(), { timeout: 60_000 }).toBe(3)
}

async function makeEvent(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Create the first event' }).click()
  await page.getByLabel('Name in Thai').fill('วิ่งท่าเรือ 2026')
  await page.getByLabel('Name in English').fill('Harbour Run 2026')
  expect(await page.getByLabel('Address').inputValue()).toBe(SLUG)
  await page.getByLabel('Begins', { exact: true }).fill('2026-11-14T05:00')
  await page.getByLabel('Ends', { exact: true }).fill('2026-11-14T10:00')
  await page.getByRole('button', { name: 'Create as a draft' }).click()
  await page.waitForURL(/\/admin\/events\/[0-9a-f-]{36}$/)
}

async function setPrices(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Packages of this event alone' }).check()
  await page.locator('summary').filter({ hasText: '฿60' }).click()
  await page.getByLabel('Price in baht', { exact: true }).filter({ visible: true }).fill('75')
  await page.getByRole('button', { name: 'Save packages' }).click()
  await page.getByText('The packages are saved').waitFor()
}

/** Opened, photos sent and approved by the owner, who then comes back to the event. */
async function fillEvent(page: Page): Promise<void> {
  const event = page.url()
  const photos = await makePlainPhotos(['#5f6f7f', '#7f6f5f'])
  await page.getByRole('button', { name: 'Open for photos' }).click()
  await page.getByRole('link', { name: 'Upload photos' }).click()
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  await page.locator('input[type=file]').setInputFiles(photos.map(({ path }) => path))
  await page.getByText('2 of 2 stored and verified').waitFor()
  await page.goto(`${event}/approve`)
  await page.getByRole('button', { name: 'Approve everything waiting (2)' }).click({ timeout: 300_000 })
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve/ })
    .click()
  await page.getByText('0 waiting, 2 on sale').waitFor()
  await page.goto(event)
}

async function buyFirstPhoto(customer: BrowserContext): Promise<void> {
  const page = await openInEnglish(customer)
  await putIntoCart(page, `/events/${SLUG}/photos`)
  await page.getByLabel('E-mail for your photos').fill('mali@example.com')
  await page
    .getByRole('button', { name: /^Pay\s฿75/ })
    .filter({ visible: true })
    .click()
  await page.waitForURL('**/checkout/payment/*')
  await page.getByRole('img', { name: /QR/ }).waitFor()
  const number = await page
    .getByText(/^PX-\d{4}-\d{6}$/)
    .filter({ visible: true })
    .first()
    .innerText()
  await payAtTheBank(customer, shop.paynoiUrl, number)
  await page.waitForURL('**/checkout/success/*')
}

/** Other tests look at a shop that shows the demo alone. */
async function retire(page: Page): Promise<void> {
  await page.goto('/admin/events')
  await page.getByRole('link', { name: 'Harbour Run 2026' }).click()
  await page.getByRole('button', { name: 'Close the sale' }).click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('button', { name: 'Back from the archive' }).waitFor()
}
