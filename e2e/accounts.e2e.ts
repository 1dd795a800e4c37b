import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { linkTo } from './letters.ts'

const PASSWORD = 'seven purple kettles'
const NEW_PASSWORD = 'nine orange ladders'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function signIn(page: Page, email: string, password: string) {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
}

test('somebody registers, verifies by the letter, signs out, sets a new password by the letter, and ends the other device', async () => {
  const email = `mali-${Date.now()}@example.com`
  await using person = await newPerson(browser, { locale: 'en' })
  await person.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const page = await person.newPage()

  await page.goto('/register')
  await page.getByLabel('Name', { exact: true }).fill('Mali')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill('password12345')
  const submit = page.getByRole('button', { name: 'Make an account' })
  await submit.click()
  // The sentence of the refusal: the meter says something like it before, while the button takes no second press.
  await page.getByText('This password is easy to guess').waitFor()
  expect(await page.locator('input[type=email]').inputValue()).toBe(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await submit.click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()

  await page.goto(await linkTo(email, '/verify-email'))
  await page.locator('input[name=password]').fill(PASSWORD)
  expect(page.url()).not.toContain('#')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL('**/account')
  await page.getByText(email).waitFor()
  expect(await page.getByText('not confirmed yet').count()).toBe(0)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')

  await page.goto('/forgot-password')
  await page.locator('input[type=email]').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.goto(await linkTo(email, '/reset-password'))
  await page.locator('input[name=password]').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.waitForURL('**/login?done=reset')

  await using elsewhere = await newPerson(browser, { locale: 'en' })
  await elsewhere.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const other = await elsewhere.newPage()
  await signIn(other, email, NEW_PASSWORD)
  await other.waitForURL(url => url.pathname === '/')
  await signIn(page, email, NEW_PASSWORD)
  await page.waitForURL(url => url.pathname === '/')

  await page.goto('/account/devices')
  const devices = page.getByRole('main').getByRole('listitem')
  await devices.nth(1).waitFor()
  expect(await devices.filter({ hasText: 'this device' }).count()).toBe(1)
  await page
    .getByRole('button', { name: /^Sign out/ })
    .first()
    .click()
  await devices.nth(1).waitFor({ state: 'detached' })
  await other.goto('/account')
  await other.waitForURL(url => url.pathname === '/login')
})
