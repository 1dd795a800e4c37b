import type { Browser } from 'playwright-core'
import { englishPage, newPerson } from './browser.ts'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { orderCart } from './pay-twice.ts'
import { sendAsVisitor } from './send-as-visitor.ts'
import { shop } from './shop.ts'

/** Somebody buys a photo of the demo photographer, who then has a sale. */
export async function buyOnePhoto(browser: Browser): Promise<void> {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await englishPage(person)
  await page.goto('/events/riverside-night-2026/photos')
  const tile = page.getByRole('main').getByRole('listitem').locator('img').first()
  const photoId = /([0-9a-f-]{36})\.jpg/.exec((await tile.getAttribute('src')) ?? '')?.[1]
  await sendAsVisitor(page, 'POST', '/cart/items', { photoIds: [photoId] })
  const { order } = await orderCart(page)
  await payAtTheBank(person, shop.paynoiUrl, order.number)
}
