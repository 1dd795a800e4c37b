import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { signIn } from './crew.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { putIntoCart } from './put-into-cart.ts'
import { shop } from './shop.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** A cart with the first photo of the demo event, which costs 60 baht, and the code entered. */
async function enterCoupon(page: Page, code: string): Promise<void> {
  await putIntoCart(page, '/events/riverside-night-2026/photos')
  await page.getByRole('button', { name: 'I have a coupon' }).click()
  await page.getByLabel('Coupon code').fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Use', exact: true }).click()
}

test('an admin makes a coupon for one use, a buyer pays half by it, and the next one reads that it is used up', async () => {
  const code = `E2E-${Date.now().toString(36).toUpperCase()}`
  await using admin = await newPerson(browser, { viewport: DESK, locale: 'en' })
  const desk = await admin.newPage()
  await desk.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(desk, 'admin')
  await desk.goto('/admin/coupons')
  await desk.getByRole('textbox', { name: 'Code' }).fill(code)
  await desk.getByRole('textbox', { name: 'Percent' }).fill('50')
  await desk.getByLabel('Uses in all').fill('1')
  await desk.getByRole('button', { name: 'Make a coupon' }).click()
  await desk.getByText(`The coupon ${code} is made`).waitFor()

  await using buyer = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await buyer.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await enterCoupon(page, code)
  await page.getByText(`Coupon ${code}`).first().waitFor()
  await page.locator('input[type=email]').first().fill('coupon@example.com')
  await page
    .getByRole('button', { name: /฿30 .*PromptPay/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.waitForURL('**/checkout/payment/*')
  const number = await page.getByText(/^PX-\d{4}-\d{6}$/).innerText()
  await payAtTheBank(buyer, shop.paynoiUrl, number)
  await page.waitForURL('**/checkout/success/*')

  await using late = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const second = await late.newPage()
  await second.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await enterCoupon(second, code)
  await second.getByText('This coupon was used as often as it may be').waitFor()
  await second
    .getByRole('button', { name: /฿60 .*PromptPay/ })
    .filter({ visible: true })
    .first()
    .waitFor()

  await desk.reload()
  const line = desk.getByRole('listitem').filter({ hasText: code })
  expect(await line.innerText()).toContain('Used 1 of 1 times')
})
