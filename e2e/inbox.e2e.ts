import type { Carts } from '@pix/contracts/cart.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { pictureUrl } from '@pix/contracts/photos.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, putOnSale, signIn, uploadPhotos } from './crew.ts'
import { readLetters } from './letters.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { putIntoCart } from './put-into-cart.ts'
import { makePlainPhotos } from './sample-photos.ts'
import { sendAsVisitor } from './send-as-visitor.ts'
import { shop } from './shop.ts'

let browser: Browser
let event: { id: string; slug: string }
beforeAll(async () => {
  browser = await openBrowser()
  const admin = await adminClient()
  const slug = `e2e-inbox-${Date.now().toString(36)}`
  const opened = await openEvent(admin, slug, { th: 'งานรอคน', en: slug })
  await uploadPhotos(admin, opened.id, await makePlainPhotos(['#7f6f8f', '#6f8f7f']))
  await putOnSale(admin, opened.id)
  event = opened
})
afterAll(() => browser?.close())

async function open(person: BrowserContext): Promise<Page> {
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  return page
}

/** A photo of the event, bought with an address that no mail server knows. @returns the order's number */
async function buyWith(person: BrowserContext, email: string): Promise<string> {
  const page = await open(person)
  await putIntoCart(page, `/events/${event.slug}/photos`)
  const { items } = (await (await page.request.get('/api/cart')).json()) as Carts
  const { total } = items[0]!
  const buyer = { email, locale: 'en', expectedTotal: total }
  const { id, number } = await sendAsVisitor<Order>(page, 'POST', '/orders', buyer)
  await sendAsVisitor(page, 'POST', '/payment/create', { orderId: id })
  await payAtTheBank(person, shop.paynoiUrl, number)
  await page.close()
  return number
}

const lettersTo = async (address: string) =>
  (await readLetters()).filter(letter => letter.includes(`To: ${address}`)).length

test('a letter to a refused address is a line of the inbox, and leaves for the corrected one', async () => {
  await using buyer = await newPerson(browser, { locale: 'en' })
  const number = await buyWith(buyer, 'gone@refused.invalid')
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await open(person)
  await signIn(page, 'admin')
  const line = page.getByRole('article').filter({ hasText: number })
  await expect
    .poll(
      async () => {
        await page.goto('/admin/inbox?kind=mail&first=newest')
        await page.getByRole('main').getByRole('article').first().waitFor()
        return line.count()
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  await line.getByText('no such user').waitFor()
  await line.getByRole('button', { name: 'Take this' }).click()
  await line.getByText('Taken by you').waitFor()
  await line.getByRole('button', { name: 'Send again' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Send to').fill(`found@${event.slug}.test`)
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await line.waitFor({ state: 'detached' })
  await expect.poll(() => lettersTo(`found@${event.slug}.test`), { timeout: 60_000 }).toBe(1)
})

test('a photo that somebody asks for in the shop is taken down in the inbox, and is gone for a visitor', async () => {
  await using visitor = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const shown = await open(visitor)
  await shown.goto(`/events/${event.slug}/photos`)
  await shown.getByRole('main').getByRole('listitem').locator('img').last().click()
  await shown.getByRole('link', { name: 'Take this photo down' }).click()
  await shown.waitForURL('**/takedown/*')
  const photoId = shown.url().split('/').at(-1)!
  await shown.getByRole('button', { name: 'Send the request' }).click()
  await shown.getByText('Choose one reason').waitFor()
  await shown.getByText("I am in it and don't want it shown").click()
  await shown.getByLabel('E-mail (optional)').fill(`her@${event.slug}.test`)
  await shown.getByRole('button', { name: 'Send the request' }).click()
  const title = await shown.getByRole('heading', { name: /TD-\d{4}-\d{6}/ }).textContent()
  const number = /TD-\d{4}-\d{6}/.exec(title!)![0]
  const picture = pictureUrl({ id: photoId, eventId: event.id }, 'medium')
  expect((await shown.request.get(picture)).status()).toBe(200)

  await using person = await newPerson(browser, { locale: 'en' })
  const page = await open(person)
  await signIn(page, 'admin')
  await page.goto('/admin/inbox?kind=takedown&first=newest')
  const line = page.getByRole('article').filter({ hasText: event.slug })
  await line.getByRole('button', { name: 'Decide' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(number).waitFor()
  await dialog.getByText('Take the photo down').click()
  await dialog.getByLabel('Reason').fill('She is in the photo and asked for it')
  await dialog.getByRole('button', { name: 'Take it down for good' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => line.count()).toBe(0)

  expect((await shown.request.get(picture)).status()).toBe(404)
  await shown.goto(`/takedown/${photoId}`)
  await shown.getByRole('heading', { name: 'This photo is not here any more' }).waitFor()
  await shown.goto(`/events/${event.slug}/photos`)
  await shown.getByRole('main').getByRole('listitem').first().waitFor()
  expect(await shown.getByRole('main').getByRole('listitem').count()).toBe(1)
  await expect.poll(() => lettersTo(`her@${event.slug}.test`), { timeout: 60_000 }).toBe(1)
})
