import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, onMobileData, openBrowser, PHONE } from './browser.ts'
import { makeSelfie } from './sample-photos.ts'

const EVENT = '/events/riverside-night-2026'
const FOUND = /^เจอคุณ \d+/

let browser: Browser
let selfie: string

beforeAll(async () => {
  browser = await openBrowser()
  selfie = await makeSelfie('small')
})
afterAll(() => browser?.close())

/** Finds the person of the selfie in the demo event. */
async function findMe(page: Page) {
  // On mobile data the selfie is sent: this is about what is kept of it, not about the phone's reading.
  await onMobileData(page)
  await page.goto(`${EVENT}/find-me`)
  await page.getByRole('switch', { checked: false }).waitFor()
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(selfie)
  await page.getByRole('heading', { name: FOUND, level: 1 }).waitFor()
}

test('who was found goes on from every page without another selfie, finds their ticks as they left them, and forgets it all', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await findMe(page)
  const results = new URL(page.url())
  const kept = page.waitForResponse(answer => answer.url().endsWith('/picks') && answer.status() === 204)
  await page.getByRole('button', { name: 'เอาออกจากที่เลือก' }).first().click()
  await kept
  const ticked = () => page.getByRole('button', { name: 'เอาออกจากที่เลือก' }).count()
  const left = await ticked()

  await page.goto('/')
  await page.getByRole('link', { name: FOUND }).click()
  await page.waitForURL(`**${EVENT}/find-me${results.search}`)
  await page.getByRole('heading', { name: FOUND, level: 1 }).waitFor()
  expect(await ticked()).toBe(left)

  await page.goto(EVENT)
  await page.getByRole('link', { name: FOUND }).first().click()
  await page.getByRole('heading', { name: FOUND, level: 1 }).waitFor()
  await page.goto(`${EVENT}/find-me`)
  await page.getByRole('link', { name: FOUND }).click()
  await page.getByRole('heading', { name: FOUND, level: 1 }).waitFor()

  await page.getByRole('link', { name: 'รูปของฉันทุกงาน' }).click()
  await page.getByRole('heading', { name: FOUND, level: 2 }).waitFor()
  await page.getByRole('button', { name: /^ลืมรูปที่เจอในงาน/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'ลืมเลย' }).click()
  await page.getByText('ยังไม่มีรูปที่เจอคุณ').waitFor()

  await page.goto(`${EVENT}/find-me${results.search}`)
  await page.getByRole('checkbox').waitFor()
  expect(await page.getByRole('link', { name: FOUND }).count()).toBe(0)
})
