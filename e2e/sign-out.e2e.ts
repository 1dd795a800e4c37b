import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { signIn } from './crew.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('before a sign-out the page says what ends with it; who stays is signed in, who leaves is not', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  const leave = page.getByRole('button', { name: 'Sign out' })
  const dialog = page.getByRole('dialog')
  await leave.click()
  await dialog.getByRole('listitem').first().waitFor()
  expect(await dialog.getByRole('listitem').count()).toBe(3)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect((await person.cookies()).map(({ name }) => name)).toContain('pix_refresh')

  await leave.click()
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(url => url.pathname === '/login')
  expect((await person.cookies()).map(({ name }) => name)).not.toContain('pix_refresh')
  await page.goto('/admin/revenue')
  await page.waitForURL(url => url.pathname === '/login')
  expect(await page.locator('input[type=password]').count()).toBe(1)
})
