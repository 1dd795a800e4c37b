import { changeOwnPortfolio } from '@pix/contracts/photographers.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { photographerClient, signIn } from './crew.ts'

const EVENT = '/events/riverside-night-2026'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  const body = { slug: 'nok-riverside', name: 'Nok Riverside', about: '', shown: false }
  await (await photographerClient()).call(changeOwnPortfolio, { body })
  await browser?.close()
})

test('a photographer opens a public page; the event names them by it, and it leads back to the event', async () => {
  await using crew = await newPerson(browser, { viewport: DESK })
  const desk = await crew.newPage()
  await signIn(desk, 'photographer')
  await desk.getByRole('link', { name: 'หน้าของฉัน' }).click()
  await desk.getByLabel('ชื่อที่ใช้กับลูกค้า').fill('Nok Riverside')
  await desk.getByLabel('ที่อยู่ของหน้า').fill('nok_riverside')
  await desk.getByLabel('เกี่ยวกับคุณ').fill('ถ่ายงานริมน้ำในกรุงเทพ')
  await desk.getByRole('switch', { name: 'เปิดให้ทุกคนดู' }).check()
  await desk.getByRole('button', { name: 'บันทึก' }).click()
  await desk.getByText('ใช้ a–z, 0–9 และขีดกลางเท่านั้น 3 ถึง 40 ตัว').waitFor()
  await desk.getByLabel('ที่อยู่ของหน้า').fill('nok-riverside')
  await desk.getByRole('button', { name: 'บันทึก' }).click()
  await desk.getByRole('link', { name: 'ดูหน้าที่ลูกค้าเห็น' }).waitFor()

  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await page.goto(EVENT)
  await page.getByRole('link', { name: 'Nok Riverside' }).click()
  await page.waitForURL('**/p/nok-riverside')
  await page.getByRole('heading', { name: 'Nok Riverside' }).waitFor()
  await page.getByText('ถ่ายงานริมน้ำในกรุงเทพ').waitFor()
  await page.getByRole('link', { name: /คืนริมน้ำ 2026/ }).click()
  await page.waitForURL(`**${EVENT}`)
  await page.getByRole('link', { name: /^40\s*รูป$/ }).click()
  await page.waitForURL(`**${EVENT}/photos?by=*`)
  await page.getByText('กำลังดู 40 จาก 40 รูป').waitFor()
  await page.getByRole('button', { name: 'ดูทั้งหมด' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
})
