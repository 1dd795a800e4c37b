import type { Client } from '@pix/contracts/client.ts'
import type { EventDetail } from '@pix/contracts/events.ts'
import type { Downloads } from '@pix/contracts/orders.ts'
import { eventRevenue } from '@pix/contracts/revenue.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, setStatus, signIn } from './crew.ts'
import { readLetters } from './letters.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { shop } from './shop.ts'
import { makeFilm, makePhotos, sha256Of, type SamplePhoto } from './sample-photos.ts'

let browser: Browser
let admin: Client
let event: EventDetail
let postingsBefore = 0
let photos: SamplePhoto[]

beforeAll(async () => {
  browser = await openBrowser(await makeFilm('face'))
  admin = await adminClient()
  photos = await makePhotos()
  event = await openEvent(admin, `e2e-${Date.now().toString(36)}`)
  postingsBefore = await postingsChecked()
})

afterAll(() => browser?.close())

test('a photographer drops a folder and sees every photo stored and verified', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'photographer')
  await page.goto(`/photographer/events/${event.id}/upload`)
  // A folder picker takes no list of files; without the attribute it is the same input.
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  await page.locator('input[type=file]').setInputFiles(photos.map(photo => photo.path))
  const verified = page.getByText(`${photos.length} of ${photos.length} stored and verified`)
  await verified.waitFor()
  expect(await verified.count()).toBe(1)
})

test('an admin approves everything waiting and the photos go on sale', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  await page.goto(`/admin/events/${event.id}/approve`)
  await page.getByRole('button', { name: `Approve everything waiting (${photos.length})` }).click({ timeout: 300_000 })
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve/ })
    .click()
  await page.getByText(`0 waiting, ${photos.length} on sale`).waitFor()
  event = await setStatus(admin, event.id, 'on_sale')
  expect(event.photoCount).toBe(photos.length)
})

test('an admin has the people of the event grouped and sees in how many photos each is', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  await page.goto(`/admin/events/${event.id}/people`)
  await page.getByRole('button', { name: 'Group the people' }).click()
  const first = page.getByRole('main').getByRole('listitem').first()
  const label = first.getByText(/^Person 1, in \d+ photos$/)
  await label.waitFor({ timeout: 300_000 })
  expect(await label.count()).toBe(1)
  // The face itself, from memory: nobody else gets it.
  await first.locator('img[src^="blob:"]').waitFor()
  // The card opens into the person's photos.
  await first.getByRole('link').click()
  await page.getByRole('heading', { name: 'Photos of this person' }).waitFor()
  const photo = page.getByRole('main').getByRole('listitem').locator('img').first()
  await photo.waitFor()
  expect(await photo.getAttribute('src')).toMatch(/^\/media\//)
})

test('a customer on a phone finds herself by camera, pays by QR and gets the untouched originals', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await findByCamera(page)
  await page.getByRole('button', { name: /^เอา(ครบ)?\s2\sรูป/ }).click()

  await page.waitForURL('**/cart')
  await page.getByLabel('อีเมลสำหรับรับรูป').fill('mali@example.com')
  await page
    .getByRole('button', { name: /^จ่ายด้วยพร้อมเพย์\s฿120/ })
    .first()
    .click()
  await page.waitForURL('**/checkout/payment/*')
  await page.getByRole('img', { name: /QR/ }).waitFor()
  await page.getByText('ชื่อผู้รับในแอปธนาคาร').waitFor()
  const orderNumber = await page
    .getByText(/^PX-\d{4}-\d{6}$/)
    .filter({ visible: true })
    .first()
    .innerText()
  expect(orderNumber).toMatch(/^PX-/)

  await payAtTheBank(person, shop.paynoiUrl, orderNumber)
  await page.waitForURL('**/checkout/success/*')
  await page.getByText('จ่ายแล้ว').first().waitFor()
  await expectOriginals(person, page)
  await expectMail(orderNumber)
  await expectMoneySplit()
})

/** Consent, camera, shutter, results. The camera stays off until the box is ticked. */
async function findByCamera(page: Page): Promise<void> {
  await page.goto(`/events/${event.slug}/find-me`)
  const shutter = page.getByRole('button', { name: /ถ่ายเซลฟี่/ })
  await shutter.waitFor()
  expect(await shutter.isDisabled()).toBe(true)
  expect(await page.locator('video').count()).toBe(0)
  await page.getByRole('checkbox').check()
  await page.locator('video').waitFor()
  await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
  await page.getByRole('button', { name: 'ถ่ายเซลฟี่', exact: true }).click()
  await page.getByRole('heading', { name: /เจอคุณ/ }).waitFor({ timeout: 300_000 })
}

async function expectOriginals(person: BrowserContext, page: Page): Promise<void> {
  const mine = photos
    .slice(0, 2)
    .map(photo => photo.sha256)
    .toSorted()
  const orderId = new URL(page.url()).pathname.split('/').pop() ?? ''
  const answer = await person.request.get(`/api/orders/${orderId}/download`)
  const { events } = (await answer.json()) as Downloads
  const links = events.flatMap(event => event.photos)
  expect(links).toHaveLength(2)

  // Bought photos are shown without a watermark, larger than by their thumbnails.
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll<HTMLImageElement>('[data-at] img')]
    const shown = pictures.filter(picture => picture.complete && picture.naturalWidth > 300)
    return pictures.length === 2 && shown.every(({ src }) => src.endsWith('/bought-preview')) && shown.length === 2
  })

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: /^ดาวน์โหลดรูปที่ 1/ }).click()
  const saved = await (await downloading).path()
  expect(mine).toContain(await sha256Of(saved))
}

/** Mail lands in a folder; the buyer's names the order. */
async function expectMail(orderNumber: string): Promise<void> {
  const namesTheOrder = async () => (await readLetters()).some(letter => decodedParts(letter).includes(orderNumber))
  await expect.poll(namesTheOrder).toBe(true)
}

/** The base64 parts of a letter in one text. */
const decodedParts = (letter: string): string =>
  [...letter.matchAll(/base64\r?\n\r?\n([\w+/=\r\n]+)/g)]
    .map(([, part = '']) => Buffer.from(part, 'base64').toString())
    .join('\n')

const readRevenue = () => admin.call(eventRevenue, { params: { id: event.id }, query: {} })
/** How many postings the ledger's latest check saw. */
const postingsChecked = async () => (await readRevenue()).ledger?.postings ?? 0

async function expectMoneySplit(): Promise<void> {
  await expect.poll(postingsChecked, { timeout: 300_000 }).toBeGreaterThan(postingsBefore)
  const revenue = await readRevenue()
  const { platform, photographer, organizer } = revenue.split
  expect(revenue.gross.amount).toBe(12_000)
  expect(platform.amount + photographer.amount + organizer.amount).toBe(12_000)
  expect(photographer.amount).toBe(6_000)
  expect(revenue.ledger?.balanced).toBe(true)
}

test('an admin sees the sale, the split and a ledger that balances', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  await page.goto('/admin/revenue')
  await page.getByText(/The ledger balances/).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'End to end' })
  await row.first().waitFor()
  expect(await row.first().innerText()).toContain('120')
})
