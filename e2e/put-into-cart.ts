import type { Page } from 'playwright-core'

/**
 * Selects photos of a gallery and puts them into the cart, whose page is then open. In English.
 *
 * @param gallery its address
 * @param places which photos, one after the other: each by its place among those that are not selected yet
 */
export async function putIntoCart(page: Page, gallery: string, places: readonly number[] = [0]): Promise<void> {
  await page.goto(gallery)
  for (const at of places) await page.getByRole('button', { name: 'Select this photo' }).nth(at).click()
  await page.getByRole('region').getByRole('button').last().click()
  await page.waitForURL('**/cart')
}
