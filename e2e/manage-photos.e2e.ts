import type { Client } from '@pix/contracts/client.ts'
import { listManagedPhotos } from '@pix/contracts/managed-photos.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, putOnSale, signIn, uploadPhotos } from './crew.ts'
import { makePlainPhotos } from './sample-photos.ts'

let browser: Browser
let admin: Client
beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

/** An event whose three photos are on sale, and another that takes photos. */
async function twoEvents() {
  const slug = Date.now().toString(36)
  const from = await openEvent(admin, `e2e-from-${slug}`)
  const name = { th: `งานปลายทาง ${slug}`, en: `Target ${slug}` }
  const to = await openEvent(admin, `e2e-to-${slug}`, name)
  await uploadPhotos(admin, from.id, await makePlainPhotos(['#705030', '#307050', '#503070']))
  await putOnSale(admin, from.id)
  const namesOf = async (id: string) =>
    (await admin.call(listManagedPhotos, { params: { id }, query: {} })).items.map(photo => photo.fileName).toSorted()
  const onSale = async () => (await admin.call(listPhotos, { params: { id: from.id }, query: {} })).items.length
  return { from, to, name, namesOf, onSale }
}

test('staff find a photo by its number, hide it, show it again, move it, and delete another', async () => {
  const { from, to, name, namesOf, onSale } = await twoEvents()
  await using person = await newPerson(browser, { locale: 'en' })
  const [page, shop] = [await person.newPage(), await person.newPage()]
  for (const each of [page, shop]) await each.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  await page.goto(`/admin/events/${from.id}/photos`)
  const tiles = page.getByRole('list', { name: 'Photos of the event' }).getByRole('listitem')
  await expect.poll(() => tiles.count()).toBe(3)

  await page.getByRole('searchbox').fill('1002')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect.poll(() => tiles.count()).toBe(1)
  await tiles.getByRole('button', { name: 'Open PLAIN_1002.jpg' }).click()
  const panel = page.getByRole('dialog', { name: 'PLAIN_1002.jpg' })
  await panel.getByText('No faces found').or(panel.getByText('0 faces found')).waitFor()
  await panel.getByText('The camera did not write it').first().waitFor()

  await panel.getByRole('button', { name: 'Hide' }).click()
  const hiding = page.getByRole('dialog', { name: 'Hide 1 photo from the shop' })
  await hiding.getByRole('textbox').fill('wrong heat')
  await hiding.getByRole('button', { name: 'Hide 1 photo' }).click()
  await panel.getByText('Hidden from the shop').waitFor()
  await panel.getByText('wrong heat').waitFor()
  expect(await onSale()).toBe(2)
  await shop.goto(`/events/${from.slug}/photos`)
  await expect.poll(() => shop.getByRole('main').getByRole('listitem').count()).toBe(2)

  await panel.getByRole('button', { name: 'Put on sale' }).click()
  await panel.getByText('On sale', { exact: true }).waitFor()
  expect(await onSale()).toBe(3)

  await panel.getByRole('button', { name: 'Move' }).click()
  const moving = page.getByRole('dialog', { name: 'Move 1 photo to another event' })
  const target = moving.getByRole('combobox')
  const option = target.locator('option', { hasText: name.en })
  await target.selectOption((await option.getAttribute('value')) ?? '')
  await moving.getByRole('button', { name: 'Move 1 photo' }).click()
  // The list's next photo is not opened in its place.
  await expect.poll(() => page.getByRole('dialog').count(), { timeout: 30_000 }).toBe(0)
  expect(await namesOf(from.id)).toEqual(['PLAIN_1001.jpg', 'PLAIN_1003.jpg'])
  await expect
    .poll(async () => (await admin.call(listManagedPhotos, { params: { id: to.id }, query: {} })).items[0]?.place, {
      timeout: 60_000,
    })
    .toBe('waiting')

  await page.getByRole('button', { name: 'Clear', exact: false }).first().click()
  await expect.poll(() => tiles.count()).toBe(2)
  await tiles.getByRole('checkbox', { name: 'Select PLAIN_1003.jpg' }).check()
  await page.getByRole('region', { name: 'Selected photos' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 photo' }).click()
  await expect.poll(() => tiles.count()).toBe(1)
  expect(await namesOf(from.id)).toEqual(['PLAIN_1001.jpg'])
})
