import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { signIn } from './crew.ts'
import { makeSelfie } from './sample-photos.ts'

const SLUG = 'riverside-night-2026'
const DEMO = `/events/${SLUG}`

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Opens an overlay from an element by a key, closes it with Esc and says whether the focus is where it was. */
async function openAndLeave(page: Page, from: Locator, key: string): Promise<boolean> {
  await from.focus()
  await from.evaluate(element => element.setAttribute('data-was-focused', ''))
  await page.keyboard.press(key)
  const close = page.getByRole('dialog').getByRole('button', { name: /^(ปิด|Close)$/ })
  await close.waitFor()
  await page.keyboard.press('Escape')
  await close.waitFor({ state: 'detached' })
  const back = await page
    .waitForFunction(() => document.activeElement?.hasAttribute('data-was-focused'))
    .then(
      () => true,
      () => false,
    )
  await from.evaluate(element => element.removeAttribute('data-was-focused'))
  return back
}

describe('after Esc the focus is where it was before', () => {
  test('in the shop: phone menu, lightbox, consent details, withdrawal', async () => {
    await using person = await newPerson(browser, { viewport: PHONE })
    const page = await person.newPage()
    await page.goto(`${DEMO}/photos`)
    expect(await openAndLeave(page, page.getByRole('button', { name: 'เมนู' }), 'Enter')).toBe(true)
    expect(await openAndLeave(page, page.locator('[data-at="1"] .open').first(), 'Enter')).toBe(true)
    await page.goto(`${DEMO}/find-me`)
    expect(await openAndLeave(page, page.getByRole('button', { name: 'อ่านรายละเอียด' }), 'Enter')).toBe(true)
    await page.getByRole('checkbox').check()
    await page.locator('input[type=file]').setInputFiles(await makeSelfie('small'))
    await page.getByRole('heading', { name: /เจอคุณ/ }).waitFor({ timeout: 300_000 })
    expect(await openAndLeave(page, page.locator('[data-at="1"] .open').first(), 'Enter')).toBe(true)
    expect(await openAndLeave(page, page.getByRole('button', { name: /ถอนความยินยอม/ }), 'Enter')).toBe(true)
  })

  test('in approval: reject, large view and help, so that A, R, Z and the arrows go on', async () => {
    await using person = await newPerson(browser, { viewport: DESK })
    const page = await person.newPage()
    await signIn(page, 'admin')
    const { id } = (await (await page.request.get(`/api${DEMO}`)).json()) as { id: string }
    await page.goto(`/admin/events/${id}/approve`)
    await page.getByRole('button', { name: /^ขึ้นขายแล้ว/ }).click()
    const grid = page.getByRole('listbox')
    for (const key of ['r', ' ', '?']) expect(await openAndLeave(page, grid, key)).toBe(true)
    expect(await openAndLeave(page, page.getByRole('region').getByRole('button', { name: /ไม่รับ/ }), 'Enter')).toBe(true)
    expect(await openAndLeave(page, page.getByRole('button', { name: 'ปุ่มลัดทั้งหมด' }), 'Enter')).toBe(true)
    const cursor = await grid.getAttribute('aria-activedescendant')
    expect(await openAndLeave(page, grid, 'r')).toBe(true)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).not.toBe(cursor)
  })

  test('on the phone menu of the crew', async () => {
    await using person = await newPerson(browser, { viewport: PHONE })
    const page = await person.newPage()
    await signIn(page, 'photographer')
    expect(await openAndLeave(page, page.getByRole('button', { name: 'เมนู' }), 'Enter')).toBe(true)
  })
})
