import { createClient } from '@pix/contracts/client.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { signIn } from './crew.ts'
import { shop } from './shop.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const onPhone = (): Promise<BrowserContext> => newPerson(browser, { viewport: PHONE })

/** The label of the field that has the focus, once a fault of it is shown. */
const fieldAtFault = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null
    const isAtFault = field?.ariaInvalid === 'true' || field?.closest('[data-fault]')
    return isAtFault ? field?.labels?.[0]?.textContent?.trim() : undefined
  })

test('the focus goes to the first field at fault, also to one that the server refused', async () => {
  await using person = await onPhone()
  const page = await englishPage(person)
  await page.goto('/register')
  const send = page.getByRole('button', { name: 'Make an account' })
  await send.click()
  await expect.poll(() => fieldAtFault(page)).toBe('Name')
  await page.getByLabel('Name').fill('Somsri')
  await page.getByLabel('E-mail').fill(`first-fault-${Date.now()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill('password1234')
  await send.click()
  await expect.poll(() => fieldAtFault(page)).toBe('Password')
})

test('of a group of choices it goes to the first of them', async () => {
  const client = createClient({ baseUrl: `${shop.url}/api` })
  const { id } = await client.call(getEvent, { params: { id: 'riverside-night-2026' } })
  const { items } = await client.call(listPhotos, { params: { id }, query: { limit: 1 } })
  await using person = await onPhone()
  const page = await englishPage(person)
  await page.goto(`/takedown/${items[0]!.id}`)
  await page.locator('form [type=submit]').click()
  const reason = await page.getByRole('radio').first().getAttribute('value')
  await expect.poll(() => fieldAtFault(page)).not.toBe(undefined)
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(reason)
})

test('a notice of the status page that was sent empty shows its first fault on a phone', async () => {
  await using person = await onPhone()
  const page = await englishPage(person)
  await signIn(page, 'admin')
  await page.goto('/admin/status')
  await page.getByRole('button', { name: 'Report an incident' }).click()
  const send = page.locator('form').getByRole('button', { name: 'everybody' })
  await send.click()
  await expect.poll(() => fieldAtFault(page)).toBe('Title in Thai')
  for (const label of ['Title in Thai', 'Title in English']) await page.getByLabel(label).fill('Photos are slow')
  for (const text of await page.getByRole('textbox').all())
    if ((await text.inputValue()) === '') await text.fill('We are looking at it')
  await send.click()
  await expect.poll(() => fieldAtFault(page)).toBe(await page.getByRole('group').locator('label').first().textContent())
})
