import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser, PHONE } from './browser.ts'
import { codeTo, linkTo } from './letters.ts'
import { payFromCart } from './pay-from-cart.ts'
import { putIntoCart } from './put-into-cart.ts'

const GALLERY = '/events/riverside-night-2026/photos'
const PASSWORD = 'seven purple kettles'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Buys a photo without an account. @returns the order's number */
async function buyAsGuest(page: Page, email: string): Promise<string> {
  await putIntoCart(page, GALLERY)
  return payFromCart(page, email)
}

/** Asks for the code in a browser that did not pay, gives a wrong one, then the one of the letter. */
async function openByLetter(page: Page, email: string, number: string): Promise<void> {
  await page.goto(await linkTo(email, '/orders/open'))
  await page.getByText(`Order ${number}`).waitFor()
  expect(page.url()).not.toContain('#')
  expect(await page.getByRole('main').innerText()).not.toContain(email)
  await page.getByRole('button', { name: 'Send me the code' }).click()
  const code = await codeTo(email)
  const field = page.getByLabel('Code', { exact: true })
  await field.fill(code === '111111' ? '222222' : '111111')
  await page.getByRole('button', { name: 'Open the order' }).click()
  await page.getByText("That code isn't right").waitFor()
  await field.fill(code)
  await page.getByRole('button', { name: 'Open the order' }).click()
  await page.waitForURL('**/checkout/success/*')
}

async function download(page: Page): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page
    .getByRole('link', { name: /^Download photo 1/ })
    .first()
    .click()
  return (await downloading).suggestedFilename()
}

test('a guest buys, corrects the address, opens the order in another browser by link and code, downloads, finds it in the account of the same e-mail, exports all of it and deletes the account', async () => {
  const email = `mali-${Date.now()}@example.com`
  const mistyped = `mail-${Date.now()}@example.com`
  await using payer = await newPerson(browser, { locale: 'en', viewport: PHONE })
  const paying = await englishPage(payer)
  const number = await buyAsGuest(paying, mistyped)
  await paying.getByRole('button', { name: 'Correct the e-mail' }).click()
  await paying.getByLabel('The right e-mail').fill(email)
  await paying.getByRole('button', { name: 'Save and send' }).click()
  await paying.getByText(`An e-mail with the download link was sent to ${email}`).waitFor()

  await using elsewhere = await newPerson(browser, { locale: 'en' })
  const page = await englishPage(elsewhere)
  await openByLetter(page, email, number)
  expect(await download(page)).toMatch(/\.jpe?g$/i)
  // The address is settled now: the download shows that its reader gets the mail.
  await paying.reload()
  await paying.getByText(email).waitFor()
  expect(await paying.getByRole('button', { name: 'Correct the e-mail' }).count()).toBe(0)

  // What was in the cart of this browser is in the account's cart after the sign-in.
  await using third = await newPerson(browser, { locale: 'en' })
  const signing = await englishPage(third)
  await putIntoCart(signing, GALLERY, [1])
  await signing.goto('/register')
  await signing.getByLabel('Name', { exact: true }).fill('Mali')
  await signing.locator('input[type=email]').fill(email)
  await signing.locator('input[name=password]').fill(PASSWORD)
  await signing.getByRole('button', { name: 'Make an account' }).click()
  await signing.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await signing.goto(await linkTo(email, '/verify-email'))
  await signing.locator('input[name=password]').fill(PASSWORD)
  await signing.getByRole('button', { name: 'Confirm' }).click()
  await signing.waitForURL('**/account')
  await signing.getByRole('link', { name: 'Orders', exact: true }).click()
  await signing.getByText(number).first().waitFor()
  await signing.getByRole('link', { name: `To the downloads ${number}` }).click()
  await signing.waitForURL('**/checkout/success/*')
  expect(await download(signing)).toMatch(/\.jpe?g$/i)

  await page.goto('/login')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname === '/')
  for (const device of [signing, page]) {
    await device.goto('/cart')
    await device
      .getByRole('button', { name: /^Pay .* by PromptPay/ })
      .first()
      .waitFor()
  }

  await exportThenDelete(page)
  await signing.goto('/account')
  await signing.waitForURL(url => url.pathname === '/login')
})

/** A copy of everything, then the account's deletion. */
async function exportThenDelete(page: Page): Promise<void> {
  await page.goto('/account/privacy')
  const exporting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const zip = await (await exporting).createReadStream()
  const files: Buffer[] = []
  for await (const piece of zip) files.push(piece as Buffer)
  // The files are compressed, their names are not.
  for (const name of ['account', 'orders', 'letters', 'devices'])
    expect(Buffer.concat(files).includes(`${name}.json`)).toBe(true)
  await page.getByRole('button', { name: 'Delete the account' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Delete the account' }).click()
  await page.getByText('Of this browser', { exact: true }).waitFor()
}
