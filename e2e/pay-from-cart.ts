import type { Page } from 'playwright-core'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { shop } from './shop.ts'

/** Pays for what is in the cart on the page, in English, and waits for the page of the bought photos. @returns the order's number */
export async function payFromCart(page: Page, email: string): Promise<string> {
  await page.locator('input[type=email]').fill(email)
  await page
    .getByRole('button', { name: /^Pay .* by PromptPay/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.waitForURL('**/checkout/payment/*')
  const number = await page
    .getByText(/^PX-\d{4}-\d{6}$/)
    .filter({ visible: true })
    .first()
    .innerText()
  await payAtTheBank(page.context(), shop.paynoiUrl, number)
  await page.waitForURL('**/checkout/success/*')
  return number
}
