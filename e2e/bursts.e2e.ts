import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, onMobileData, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, putOnSale, uploadPhotos } from './crew.ts'
import { makeBurst, makePhotoAfterBurst, makeSelfie } from './sample-photos.ts'
import { violationsOf } from './violations.ts'

let browser: Browser
let slug: string
beforeAll(async () => {
  browser = await openBrowser()
  const admin = await adminClient()
  slug = `e2e-burst-${Date.now().toString(36)}`
  const event = await openEvent(admin, slug)
  await uploadPhotos(admin, event.id, [...(await makeBurst()), await makePhotoAfterBurst()])
  await putOnSale(admin, event.id)
})
afterAll(() => browser?.close())

const AROUND = /^(ช่วงเวลาใกล้รูปของคุณ|Around your moments)/

/** Finds the person of the selfie, which is sent: on mobile data no device reads it by itself. */
async function findMe(page: Page): Promise<void> {
  await onMobileData(page)
  await page.goto(`/events/${slug}/find-me`)
  await page.getByRole('switch', { checked: false }).waitFor()
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(await makeSelfie('small'))
  await page.getByRole('heading', { name: /^(เจอคุณ|We found)/, level: 1 }).waitFor()
}

/** Tab after Tab, until the focus is there. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const isThere = () => wanted.evaluate(element => element === document.activeElement)
  for (let pressed = 0; !(await isThere()); pressed += 1) {
    if (pressed === 60) throw new Error(`no Tab leads to ${String(wanted)}`)
    await page.keyboard.press('Tab')
  }
}

const hasFocus = (wanted: Locator) =>
  expect.poll(() => wanted.evaluate(element => element === document.activeElement)).toBe(true)

test.each([
  { locale: 'th', viewport: PHONE, colorScheme: 'light' },
  { locale: 'en', viewport: DESK, colorScheme: 'dark' },
] as const)(
  'five photos of a moment are one tile; by the keyboard alone another than the sharpest, and one taken after them, go into the cart ($locale, $viewport.width px, $colorScheme)',
  async ({ locale, viewport, colorScheme }) => {
    await using person = await newPerson(browser, { locale, viewport })
    const page = await person.newPage()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
    await findMe(page)
    const tiles = page.getByRole('list', { name: /^(ใช่คุณแน่|Surely you)/ }).getByRole('listitem')
    expect(await tiles.count()).toBe(1)
    const fold = page.getByRole('button', { name: /ถ่ายติดกัน เปิดดูทุกรูป|taken in a row, show them all/ })
    expect(await violationsOf(page)).toEqual([])

    await tabTo(page, fold)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    const frames = dialog.getByRole('listitem')
    await frames.nth(4).waitFor()
    expect(await frames.count()).toBe(5)
    expect(await violationsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)

    // All five are chosen at first: only the sharpest, then the last one beside it, then without the sharpest.
    const chosen = dialog.getByRole('status')
    await tabTo(page, dialog.getByRole('button', { name: /เอาแค่รูปที่ชัดที่สุด|Only the sharpest/ }))
    await page.keyboard.press('Enter')
    await chosen.filter({ hasText: /^(เลือก 1 จาก 5|1 of 5)/ }).waitFor()
    await tabTo(page, frames.nth(4).getByRole('button', { name: /เลือกรูปนี้|Select this photo/ }))
    await page.keyboard.press('Enter')
    await chosen.filter({ hasText: /^(เลือก 2 จาก 5|2 of 5)/ }).waitFor()
    await tabTo(page, frames.nth(0).getByRole('button', { name: /เอาออกจากที่เลือก|Remove from selection/ }))
    await page.keyboard.press('Space')
    await chosen.filter({ hasText: /^(เลือก 1 จาก 5|1 of 5)/ }).waitFor()

    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await hasFocus(fold)
    expect(await fold.innerText()).toMatch(/เลือก 1 จาก 5|1 of 5/)

    // What the same camera took half a minute later is offered closed, with nothing selected.
    await tabTo(page, page.getByRole('button', { name: AROUND, expanded: false }))
    await page.keyboard.press('Enter')
    const beside = page.getByRole('list', { name: AROUND }).getByRole('listitem')
    await beside.getByRole('button', { name: /เลือกรูปนี้|Select this photo/ }).waitFor()
    expect(await beside.count()).toBe(1)
    await page
      .getByRole('button', { name: /^เอา 1|^Only 1/ })
      .last()
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)
    await tabTo(page, beside.getByRole('button', { name: /เลือกรูปนี้|Select this photo/ }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: /^เอา 2|^Only 2/ }).last())
    await page.keyboard.press('Enter')
    await page.waitForURL('**/cart')
    await page.locator('input[type=email]').waitFor()
  },
)

test.each([
  { locale: 'th', viewport: PHONE },
  { locale: 'en', viewport: DESK },
] as const)(
  'in the gallery five photos of a moment are one tile, whose tick is the sharpest alone, and one of the others is taken from among them ($locale, $viewport.width px)',
  async ({ locale, viewport }) => {
    await using person = await newPerson(browser, { locale, viewport })
    const page = await person.newPage()
    await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
    await page.goto(`/events/${slug}/photos`)
    const fold = page.getByRole('button', { name: /ถ่ายติดกัน เปิดดูทุกรูป|taken in a row, show them all/ })
    await fold.waitFor()
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(2)
    expect(await violationsOf(page)).toEqual([])

    await fold.click()
    const dialog = page.getByRole('dialog')
    const frames = dialog.getByRole('listitem')
    await frames.nth(4).waitFor()
    expect(await frames.count()).toBe(5)
    expect(await violationsOf(page)).toEqual([])
    const panel = (await frames.first().locator('xpath=ancestor::ul').boundingBox())!
    expect(panel.width > viewport.width / 2).toBe(true)
    await frames
      .nth(3)
      .getByRole('button', { name: /เลือกรูปนี้|Select this photo/ })
      .click()
    await dialog
      .getByRole('status')
      .filter({ hasText: /^(เลือก 1 จาก 5|1 of 5)/ })
      .waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await fold.innerText()).toMatch(/เลือก 1 จาก 5|1 of 5/)

    await page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: fold })
      .getByRole('button', { name: /เลือกรูปนี้|Select this photo/ })
      .click()
    await fold.filter({ hasText: /เลือก 2 จาก 5|2 of 5/ }).waitFor()
  },
)
