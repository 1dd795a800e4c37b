import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { payTwice } from './pay-twice.ts'
import { shop } from './shop.ts'

const EVENT = '/events/riverside-night-2026'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test.each([
  ['a phone', PHONE],
  ['a desk', DESK],
])(
  'money that pays for nothing is shown with its reference and the contact, no second payment is asked for, and a refund of it can be asked for: %s',
  async (_, viewport) => {
    await using person = await newPerson(browser, { viewport, locale: 'en' })
    const page = await person.newPage()
    await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
    await page.goto(`${EVENT}/photos`)
    const tile = page.getByRole('main').getByRole('listitem').locator('img').first()
    const photoId = /([0-9a-f-]{36})\.jpg/.exec((await tile.getAttribute('src')) ?? '')?.[1]
    const { order, payment } = await payTwice(person, page, shop.paynoiUrl, photoId ?? '')

    for (const path of [`/checkout/payment/${payment.id}`, `/checkout/success/${order.id}`]) {
      await page.goto(path)
      const note = page.getByRole('status').filter({ hasText: 'Reference' })
      await note.getByText(order.number.replace(/^PX-\d\d(\d\d)-/, 'PX$1')).waitFor()
      expect(await page.getByText('mali@example.com').count()).toBe(0)
      await note.getByRole('link', { name: 'See other events' }).click({ trial: true })
      expect([path, await page.getByRole('img', { name: /QR/ }).count()]).toEqual([path, 0])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)
    }

    await page.getByRole('button', { name: 'Ask for it back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Send the request' }).click()
    await dialog.getByText('Enter a mobile number or 13 digits').waitFor()
    await dialog.getByLabel('PromptPay number').fill('081-234 5678')
    await dialog.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText(/^RF-\d{4}-\d{6}$/).waitFor()
    expect(await page.getByText('Asked for', { exact: true }).count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Ask for it back' }).count()).toBe(0)
  },
)
