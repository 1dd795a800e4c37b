import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { linkTo } from './letters.ts'
import { totpOf } from './totp.ts'

const PASSWORD = 'seven purple kettles'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Makes an account, verified by its letter, and leaves its page open. */
async function register(page: Page, email: string): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('Name', { exact: true }).fill('Mali')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await page.goto(await linkTo(email, '/verify-email'))
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL('**/account')
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
}

/** The first step, after which the code of the app is asked for. */
async function givePassword(page: Page, email: string): Promise<void> {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('heading', { name: 'Enter the code of your app' }).waitFor()
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code)
  await page.locator('form button[type=submit]').click()
}

test('somebody turns two-factor sign-in on, and comes in again with a code of the app, then with a recovery code', async () => {
  const email = `app-${Date.now()}@example.com`
  await using person = await newPerson(browser, { locale: 'en' })
  await person.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const page = await person.newPage()
  await register(page, email)

  await page.goto('/account/two-factor')
  const begin = page.getByRole('button', { name: 'Turn on' })
  await page.locator('input[name=password]').fill('not the password')
  await begin.click()
  await page.getByText('password is wrong').waitFor()
  await page.locator('input[name=password]').fill(PASSWORD)
  await begin.click()
  await page.getByRole('img', { name: /QR/ }).waitFor()
  const secret = (await page.locator('[data-secret]').innerText()).replaceAll(/\s/g, '')
  await giveCode(page, totpOf(secret))
  await page.locator('[data-codes] code').nth(9).waitFor()
  const codes = await page.locator('[data-codes] code').allInnerTexts()
  expect(codes).toHaveLength(10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('Recovery codes left: 10').waitFor()

  await signOut(page)
  await givePassword(page, email)
  await giveCode(
    page,
    codes[0]!.replaceAll('-', '').replace(/.$/, last => (last === '0' ? '1' : '0')),
  )
  await page.getByText('The code is wrong or was used').waitFor()
  // The code of the present step was used above; one step of drift is accepted.
  await giveCode(page, totpOf(secret, 1))
  await page.waitForURL(url => url.pathname === '/')

  await signOut(page)
  await givePassword(page, email)
  await giveCode(page, codes[0]!)
  await page.waitForURL(url => url.pathname === '/')
  await page.goto('/account/two-factor')
  await page.getByText('Recovery codes left: 9').waitFor()
})
