import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'

const GALLERY = '/events/riverside-night-2026/photos'
const HEART = 'เก็บเป็นรูปโปรด'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test.each([
  ['from the opened photo of a phone', PHONE],
  ['from a tile under the mouse', DESK],
] as const)(
  'a photo is kept %s without an account, waits on its page, goes into the cart, and is taken out with an undo',
  async (how, viewport) => {
    await using person = await newPerson(browser, { viewport })
    const page = await person.newPage()
    await page.goto(GALLERY)
    const tile = page.getByRole('listitem').first()
    const kept = page.waitForResponse(answer => answer.url().endsWith('/api/me/favourites') && answer.status() === 204)
    if (viewport === PHONE) {
      await tile.getByRole('button', { name: /^รูปที่ 1 / }).click()
      await page.getByRole('dialog').getByRole('button', { name: HEART, pressed: false }).click()
      await kept
      await page.keyboard.press('Escape')
      // The photo has an address: reloaded too early it would be open again.
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    } else {
      await tile.hover()
      await tile.getByRole('button', { name: HEART, pressed: false }).click()
      await kept
    }
    await page.reload()
    await tile.getByRole('button', { name: HEART, pressed: true }).waitFor()

    await page.goto('/favourites')
    await page.getByRole('heading', { name: 'คืนริมน้ำ 2026' }).waitFor()
    const heart = page.getByRole('listitem').getByRole('button', { name: HEART, pressed: true })
    await heart.click()
    await heart.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'เอากลับ' }).click()
    await heart.waitFor()
    await page.getByRole('button', { name: /^ใส่ตะกร้า ฿/ }).click()
    await page.waitForURL('**/cart')
    expect([how, await page.getByRole('link', { name: 'ตะกร้า 1 รูป' }).count()]).toEqual([how, 1])
  },
)
