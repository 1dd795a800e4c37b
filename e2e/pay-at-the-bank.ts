import type { BrowserContext } from 'playwright-core'

/** The customer's bank app: opens the simulator's page of this order's charge and presses pay. */
export async function payAtTheBank(customer: BrowserContext, paynoiUrl: string, orderNumber: string): Promise<void> {
  const reference = orderNumber.replace(/^PX-\d\d(\d\d)-/, 'PX$1')
  const bank = await customer.newPage()
  await bank.goto(paynoiUrl)
  await bank.getByRole('link', { name: new RegExp(`^${reference}A`) }).click()
  await bank.locator('button[value=pay]').click()
  await bank.getByRole('status').filter({ hasText: 'paid' }).waitFor()
  await bank.close()
}
