import type { Downloads, Order } from '@pix/contracts/orders.ts'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, putOnSale, uploadPhotos } from './crew.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { putIntoCart } from './put-into-cart.ts'
import { makePlainPhotos } from './sample-photos.ts'
import { shop } from './shop.ts'

const DEMO = { slug: 'riverside-night-2026', name: 'Riverside Night 2026' }
/** A name of its own: other tests look for the sales of theirs. */
const SECOND = { th: 'งานที่สอง', en: 'The second event' }
const NAMES = [DEMO.name, SECOND.en]

let browser: Browser
let slug: string
beforeAll(async () => {
  browser = await openBrowser()
  const admin = await adminClient()
  const event = await openEvent(admin, `e2e-two-${Date.now().toString(36)}`, SECOND)
  await uploadPhotos(admin, event.id, await makePlainPhotos(['#6f7f8f', '#8f7f6f']))
  await putOnSale(admin, event.id)
  slug = event.slug
})
afterAll(() => browser?.close())

const fits = async (page: Page, width: number) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)

const namesIn = async (zip: string): Promise<string[]> =>
  (await promisify(execFile)('unzip', ['-Z1', zip])).stdout.trim().split('\n')

const read = async (saved: Download) => ({ name: saved.suggestedFilename(), files: await namesIn(await saved.path()) })

/** Each ZIP by its link, one after the other. */
async function downloadReady(page: Page) {
  const had = []
  for (const name of NAMES) {
    const link = page.getByRole('group', { name }).getByRole('link', { name: 'Download all' })
    await link.waitFor({ timeout: 120_000 })
    const downloading = page.waitForEvent('download')
    await link.click()
    had.push(await read(await downloading))
  }
  return had
}

/** Both ZIPs pressed before the page knows of either: they begin by themselves, in one update of the page. */
async function downloadArmed(page: Page) {
  const answer = await page.request.get(page.url().replace('/checkout/success/', '/api/orders/'))
  const { id } = (await answer.json()) as Order
  const zips = async () => {
    const downloads = (await (await page.request.get(`/api/orders/${id}/download`)).json()) as Downloads
    return downloads.events.map(({ archive }) => archive.state)
  }
  await expect.poll(zips, { timeout: 120_000 }).toEqual(['ready', 'ready'])
  let release!: () => void
  const held = new Promise<void>(resolve => (release = resolve))
  const address = `**/api/orders/${id}/download`
  await page.route(address, async route => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.reload()
  for (const name of NAMES) {
    const button = page.getByRole('group', { name }).getByRole('button')
    await button.click()
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
  }
  const begun: Download[] = []
  page.on('download', saved => begun.push(saved))
  release()
  await expect.poll(() => begun.length).toBe(2)
  const had = await Promise.all(begun.map(read))
  return NAMES.map((_, at) => had.find(({ name }) => name.startsWith(at === 0 ? DEMO.slug : slug))!)
}

test.each([
  ['a phone, both ZIPs pressed early', PHONE, downloadArmed],
  ['a desk', DESK, downloadReady],
])(
  'photos of two events are bought with one payment, and each event has its ZIP: %s',
  async (_, viewport, download) => {
    await using person = await newPerson(browser, { viewport, locale: 'en' })
    const page = await person.newPage()
    await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
    await putIntoCart(page, `/events/${DEMO.slug}/photos`)
    await putIntoCart(page, `/events/${slug}/photos`)
    for (const name of NAMES)
      await page.getByRole('region', { name }).getByText('1 photo · full-size originals').waitFor()
    await fits(page, viewport.width)

    await page.getByLabel('E-mail for your photos').fill('mali@example.com')
    await page
      .getByRole('button', { name: /^Pay\s฿120/ })
      .filter({ visible: true })
      .click()
    await page.waitForURL('**/checkout/payment/*')
    await page.getByRole('img', { name: /QR/ }).waitFor()
    for (const name of NAMES) await page.getByText(name).waitFor()
    await fits(page, viewport.width)
    const { items } = (await (await person.request.get('/api/orders')).json()) as { items: Order[] }
    expect(items.map(order => order.events.length)).toEqual([2])

    await payAtTheBank(person, shop.paynoiUrl, items[0]!.number)
    await page.waitForURL('**/checkout/success/*')
    await fits(page, viewport.width)
    const had = await download(page)
    expect(had.map(({ name }) => name)).toEqual([DEMO.slug, slug].map(one => `${one}-${items[0]!.number}.zip`))
    expect(had.map(({ files }) => files.length)).toEqual([1, 1])
    expect(had[1]!.files[0]).toMatch(/\.jpg$/)
  },
)
