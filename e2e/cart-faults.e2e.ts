import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { putIntoCart } from './put-into-cart.ts'

const GALLERY = '/events/riverside-night-2026/photos'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('pictures of the cart that do not come leave their colours, and come when the net is back', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await putIntoCart(page, GALLERY)
  const cut = '**/media/**'
  await page.route(cut, route => route.abort())
  await page.reload()
  const picture = page.getByRole('main').getByRole('listitem').locator('img').first()
  const opacity = () => picture.evaluate(image => getComputedStyle(image).opacity)
  await expect.poll(opacity).toBe('0')

  await page.unroute(cut)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(opacity).toBe('1')
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
})

test('on a phone a bank that does not answer is said where the person who pays is looking', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await putIntoCart(page, GALLERY, [1])
  await page.route('**/api/payment/create', route =>
    route.fulfill({ status: 503, json: { code: 'gateway_unavailable', status: 503 } }),
  )
  await page.locator('input[type=email]').fill('nobody@shop.example')
  await page
    .getByRole('button', { name: /^Pay .* by PromptPay/ })
    .filter({ visible: true })
    .first()
    .click()
  const note = page.getByRole('alert').filter({ hasText: "The bank isn't answering" })
  await note.waitFor()
  const isSeen = () =>
    note.evaluate(element => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
    })
  await expect.poll(isSeen).toBe(true)
})

test('the lines of a cart that could not be opened stay together', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await page.route('**/api/cart', route => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/cart')
  const title = page.getByText('We couldn’t open your cart').or(page.getByText("We couldn't open your cart"))
  const [above, below] = [
    await title.boundingBox(),
    await page.getByRole('button', { name: 'Try again' }).boundingBox(),
  ]
  expect(below!.y - (above!.y + above!.height)).toBeLessThan(100)
})

test('the cart is emptied by one press, and what was in it comes back by another', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await putIntoCart(page, GALLERY, [0, 1])
  const photos = page.getByRole('main').getByRole('img', { name: /^Chosen photo/ })
  await expect.poll(() => photos.count()).toBe(2)
  await page.getByRole('button', { name: 'Empty the cart' }).click()
  await page.getByText('Your cart is empty', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Empty the cart' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => photos.count()).toBe(2)
})

test('a cart of many photos shows few on a phone, so that the way to pay is near, and all once they are asked for', async () => {
  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await englishPage(person)
  await putIntoCart(page, GALLERY, Array<number>(8).fill(0))
  const remove = page.getByRole('button', { name: 'Take this photo out' }).filter({ visible: true })
  const rest = page.getByRole('button', { name: '+3' })
  await rest.waitFor()
  expect(await remove.count()).toBe(5)
  await rest.press('Enter')
  await expect.poll(() => remove.count()).toBe(8)
  expect(await rest.count()).toBe(0)
  expect(await remove.nth(5).evaluate(button => button === document.activeElement)).toBe(true)
})
