import { EventEmitter, once } from 'node:events'
import type { Client } from '@pix/contracts/client.ts'
import { inviteToEvent } from '@pix/contracts/crew.ts'
import { decidePhotos, listCrewPhotos } from '@pix/contracts/photos.ts'
import { eventRevenue } from '@pix/contracts/revenue.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, photoCounts, putOnSale } from './crew.ts'
import { letterLinkTo, linkTo } from './letters.ts'
import { payFromCart } from './pay-from-cart.ts'
import { putIntoCart } from './put-into-cart.ts'
import { makePlainPhotos } from './sample-photos.ts'
import { violationsOf } from './violations.ts'

const PASSWORD = 'seven purple kettles'
const WHY = 'The horizon leans'
const CHOICES = [
  'Sales in the morning',
  'First photo of an event sold',
  'Photos and files of cameras that were not taken',
]

let browser: Browser
let admin: Client
beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

/** An event to whose photographers a new one is invited, the only one who sends photos: what it sells is theirs. */
async function openMorning(email: string) {
  const name = { th: 'งานเช้านี้', en: 'This morning' }
  const event = await openEvent(admin, `e2e-morning-${Date.now().toString(36)}`, name)
  await admin.call(inviteToEvent, { params: { id: event.id }, body: { email, as: 'photographer', locale: 'en' } })
  return event
}

async function acceptInvitation(page: Page, email: string): Promise<void> {
  await page.goto(await linkTo(email, '/invitation'))
  await page.getByLabel('Name', { exact: true }).fill('Lens')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make an account and accept' }).click()
  await page.waitForURL(url => url.pathname === '/photographer')
}

/** Three photos of the page, of which one is refused and two go on sale. @returns the name of the refused one */
async function sendPhotos(page: Page, eventId: string): Promise<string> {
  await page.goto(`/photographer/events/${eventId}/upload`)
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  const photos = await makePlainPhotos(['#7a5c3d', '#3d7a5c', '#5c3d7a'])
  await page.locator('input[type=file]').setInputFiles(photos.map(({ path }) => path))
  await page.getByText('3 of 3 stored and verified').waitFor()
  await expect.poll(async () => (await photoCounts(admin, eventId)).pending, { timeout: 300_000 }).toBe(3)
  const { items } = await admin.call(listCrewPhotos, { params: { id: eventId }, query: { limit: 10 } })
  const { id, fileName } = items.at(-1)!
  await admin.call(decidePhotos, { body: { eventId, decision: 'rejected', reason: WHY, photoIds: [id] } })
  await putOnSale(admin, eventId)
  return fileName
}

async function buyOne(slug: string): Promise<void> {
  await using buyer = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const page = await englishPage(buyer)
  await putIntoCart(page, `/events/${slug}/photos`)
  await payFromCart(page, `morning-${Date.now()}@example.com`)
}

/** Opens the letters page. @returns which of them come */
async function chosen(page: Page): Promise<boolean[]> {
  await page.goto('/photographer/letters')
  return Promise.all(CHOICES.map(name => page.getByRole('switch', { name }).isChecked()))
}

/** The card says that it loads, then that it failed; it is there after another try. */
async function expectStates(page: Page): Promise<void> {
  const figures = '**/api/photographer/me/morning'
  const ask = new EventEmitter()
  const held = once(ask, 'fails')
  await page.route(figures, async route => {
    await held
    await route.fulfill({ status: 500, json: { code: 'internal', status: 500 } })
  })
  await page.goto('/photographer')
  await page.locator('[aria-busy=true]').first().waitFor()
  expect(await violationsOf(page)).toEqual([])
  ask.emit('fails')
  await page.getByText('Your sales could not be loaded').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.unroute(figures)
  await page.getByRole('button', { name: 'Try again' }).click()
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

test('a photographer sees in the morning what was sold and what was refused, keeps which letters come, and ends one kind by its link', async () => {
  const email = `lens-${Date.now()}@example.com`
  const event = await openMorning(email)
  await using photographer = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const page = await englishPage(photographer)
  await acceptInvitation(page, email)
  await page.getByText('Nothing sold yet').waitFor()

  expect(await chosen(page)).toEqual([true, true, true])
  await page.getByRole('switch', { name: CHOICES[2]! }).click()
  await page.getByLabel('Language of these e-mails').selectOption('en')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Save' }).waitFor()
  expect(await chosen(page)).toEqual([true, true, false])
  expect(await page.getByLabel('Language of these e-mails').inputValue()).toBe('en')
  expect(await violationsOf(page)).toEqual([])

  const refused = await sendPhotos(page, event.id)
  await buyOne(event.slug)
  const revenue = () => admin.call(eventRevenue, { params: { id: event.id }, query: {} })
  await expect.poll(async () => (await revenue()).split.photographer.amount).toBeGreaterThan(0)
  const { split } = await revenue()
  const share = `฿${split.photographer.amount / 100}`

  await expectStates(page)
  await page.getByText(`${share} from 1 buyer`).waitFor()
  await page.getByText('Your share of 1 photo', { exact: true }).waitFor()
  const best = page.getByRole('list', { name: 'Photos that earned most' }).getByRole('listitem')
  expect(await best.allInnerTexts()).toEqual([expect.stringContaining(`+${share}`)])
  await page.getByRole('heading', { name: '1 photo was not taken' }).waitFor()
  const card = page.getByRole('listitem').filter({ hasText: WHY })
  expect(await card.innerText()).toContain(refused)
  expect(await violationsOf(page)).toEqual([])
  expect(await fits(page)).toBe(true)

  // The reader of the letter need not be signed in.
  await using reader = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const letter = await englishPage(reader)
  await letter.goto(await letterLinkTo(email))
  await letter.getByText('the first photo of an event that is sold does not come any more').waitFor()
  expect(letter.url()).not.toContain('#')
  expect(await violationsOf(letter)).toEqual([])
  expect(await chosen(page)).toEqual([true, true, false])
  await letter.getByRole('button', { name: 'Stop it' }).click()
  await letter.getByText('It will not come any more').waitFor()
  expect(await fits(letter)).toBe(true)
  expect(await chosen(page)).toEqual([true, false, false])
})
