import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, signIn } from './crew.ts'
import { violationsOf } from './violations.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test.each([
  { locale: 'th', viewport: PHONE },
  { locale: 'en', viewport: DESK },
] as const)(
  'a photographer makes a login for a camera, sees its password once, and ends it, in $locale at $viewport.width px',
  { timeout: 300_000 },
  async ({ locale, viewport }) => {
    const event = await openEvent(await adminClient(), `cameras-${locale}-${Date.now().toString(36)}`)
    await using person = await newPerson(browser, { viewport })
    const page = await person.newPage()
    await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
    await signIn(page, 'photographer')
    await page.goto(`/photographer/events/${event.id}/upload`)
    await page.getByRole('link', { name: /ส่งจากกล้อง|Send from a camera/ }).click()

    await page.getByRole('button', { name: /^(สร้างบัญชีกล้อง|Make a camera login)$/ }).click()
    const made = page.getByRole('status').filter({ hasText: 'cameras.test' })
    await made.waitFor()
    const [, userName, password] = await made.locator('dd').allInnerTexts()
    expect([userName, password]).toEqual([
      expect.stringMatching(/^cam-[a-z2-9]{8}$/),
      expect.stringMatching(/^[a-z2-9]{14}$/),
    ])
    const end = page.getByRole('button', { name: new RegExp(`(ยกเลิก|End) ${userName}`) })
    await end.waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)

    await page.reload()
    await end.waitFor()
    expect(await page.getByText(password!).count()).toBe(0)
    await end.click()
    await page.getByRole('button', { name: /^(ยกเลิกบัญชีกล้อง|End the login)$/ }).click()
    await page.getByText(/ยังไม่มีบัญชีกล้อง|No camera login yet/).waitFor()
  },
)
