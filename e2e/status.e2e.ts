import { readStatus, updateNotice } from '@pix/contracts/notices.ts'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { adminClient, signIn } from './crew.ts'

const BANGKOK_MS = 7 * 3_600_000
const HOUR_MS = 3_600_000
/** So many hours from now, as a field of the form takes it. */
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS + BANGKOK_MS).toISOString().slice(0, 16)

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())
// A test that failed must not leave the shop paused for all that come after it.
afterEach(async () => {
  const admin = await adminClient()
  const { running } = await admin.call(readStatus, {})
  for (const { id } of running.filter(({ pauses }) => pauses))
    await admin.call(updateNotice, { params: { id }, body: { text: { th: 'เสร็จแล้ว', en: 'Done' }, over: true } })
})

/** Fills what incidents and maintenance have in common. */
async function write(form: Locator, title: { th: string; en: string }) {
  await form.getByLabel('หัวข้อภาษาไทย').fill(title.th)
  await form.getByLabel('หัวข้อภาษาอังกฤษ').fill(title.en)
  await form.getByLabel('รายละเอียดภาษาไทย').fill('รายละเอียดสำหรับทุกคน')
  await form.getByLabel('รายละเอียดภาษาอังกฤษ').fill('What everybody should know')
  await form.getByRole('checkbox', { name: 'การชำระเงิน' }).check()
}

test('maintenance that an admin announces is in the line of the shop and on the status page until it is cancelled; an incident is there until it is solved, then in the history', async () => {
  const run = Date.now()
  const [move, away] = [`Move ${run}`, `Away ${run}`]
  const [moveTh, awayTh] = [`ย้ายเครื่อง ${run}`, `จ่ายเงินไม่ได้ ${run}`]
  await using crew = await newPerson(browser, { viewport: DESK })
  const desk = await crew.newPage()
  await signIn(desk, 'admin')
  await desk.goto('/admin/status')
  await desk.getByRole('button', { name: 'ประกาศปิดปรับปรุง' }).click()
  const form = desk.locator('form')
  await write(form, { th: moveTh, en: move })
  await form.getByLabel('เริ่ม (กรุงเทพ)').fill(inHours(2))
  await form.getByLabel('คาดว่าเสร็จ (กรุงเทพ)').fill(inHours(4))
  await form.getByRole('button', { name: 'ประกาศ', exact: true }).click()
  await form.getByText('ยืนยันว่าเร่งด่วน หรือเลือกเวลาเริ่มที่ช้ากว่านี้').waitFor()
  await form.getByRole('checkbox', { name: 'เร่งด่วน ต้องเริ่มตามเวลานี้' }).check()
  await form.getByRole('button', { name: 'ประกาศ', exact: true }).click()
  const announced = desk.locator('section.card').filter({ hasText: moveTh })
  await announced.waitFor()

  await using person = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const page = await person.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Switch to English' }).click()
  const line = page.getByRole('status').filter({ hasText: move })
  await line.getByRole('link', { name: 'Details' }).click()
  await page.waitForURL('**/status')
  await page.getByRole('heading', { name: 'Planned maintenance' }).waitFor()
  await page.getByRole('heading', { name: move }).waitFor()
  await page.getByText('Urgent').waitFor()

  await announced.getByRole('button', { name: 'ยกเลิกประกาศ' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'ยกเลิกประกาศ' }).click()
  await desk.getByRole('button', { name: 'แจ้งเหตุขัดข้อง' }).click()
  await write(form, { th: awayTh, en: away })
  await form.getByRole('button', { name: 'แจ้งทุกคน' }).click()
  const opened = desk.locator('section.card').filter({ hasText: awayTh })
  await opened.getByRole('button', { name: 'เขียนความคืบหน้า' }).waitFor()

  await page.goto('/')
  await page.getByRole('status').filter({ hasText: away }).waitFor()
  await opened.getByRole('button', { name: 'เขียนความคืบหน้า' }).click()
  await opened.getByLabel('ความคืบหน้าภาษาไทย').fill('ธนาคารกลับมาแล้ว')
  await opened.getByLabel('ความคืบหน้าภาษาอังกฤษ').fill('The bank is back')
  await opened.getByRole('checkbox', { name: 'แก้ไขเสร็จแล้ว' }).check()
  await opened.getByRole('button', { name: 'ส่งความคืบหน้า' }).click()
  await opened.getByRole('button', { name: 'ส่งความคืบหน้า' }).waitFor({ state: 'detached' })

  await using later = await newPerson(browser, { viewport: PHONE, locale: 'en' })
  const after = await later.newPage()
  await after.goto('/status')
  await after.getByRole('heading', { level: 1 }).waitFor()
  await after.getByRole('button', { name: 'Switch to English' }).click()
  const past = after.locator('section').filter({ hasText: 'The last 90 days' })
  await past.getByRole('heading', { name: away }).waitFor()
  await past.getByRole('heading', { name: move }).waitFor()
  await past.getByText('The bank is back').first().waitFor()
  await after.getByText('Everything works').waitFor()
  await after.goto('/')
  await after.getByRole('link', { name: 'System status' }).waitFor()
  expect(await after.getByText(away).count()).toBe(0)
})

test('while maintenance pauses the shop, a photo put into the cart is refused in a sentence with the time, and taken again once it is over', async () => {
  const title = `ปิดสั่งซื้อ ${Date.now()}`
  await using crew = await newPerson(browser, { viewport: DESK })
  const desk = await crew.newPage()
  await signIn(desk, 'admin')
  await desk.goto('/admin/status')
  await desk.getByRole('button', { name: 'ประกาศปิดปรับปรุง' }).click()
  const form = desk.locator('form')
  await write(form, { th: title, en: 'Paused' })
  await form.getByRole('checkbox', { name: /ปิดการสั่งซื้อ ค้นหา และอัปโหลดระหว่างนี้/ }).check()
  await form.getByRole('checkbox', { name: 'เริ่มทันที' }).check()
  await form.getByLabel('คาดว่าเสร็จ (กรุงเทพ)').fill(inHours(1))
  await form.getByRole('checkbox', { name: 'เร่งด่วน ต้องเริ่มตามเวลานี้' }).check()
  await form.getByRole('button', { name: 'ประกาศ', exact: true }).click()
  const running = desk.locator('section.card').filter({ hasText: title })
  await running.getByText('ปิดการสั่งซื้อ ค้นหา และอัปโหลดอยู่').waitFor()

  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await page.goto('/events/riverside-night-2026/photos')
  await page.getByRole('status').filter({ hasText: title }).getByText('คาดว่าเสร็จ').waitFor()
  await page.locator('[data-at="0"] .pick').first().click()
  const toCart = page.getByRole('button', { name: /^ใส่ตะกร้า ฿/ })
  await toCart.click()
  await page.getByText(/กำลังปิดปรับปรุง .*ลองใหม่ภายหลัง \(/).waitFor()

  await running.getByRole('button', { name: 'เขียนความคืบหน้า' }).click()
  await running.getByLabel('ความคืบหน้าภาษาไทย').fill('เสร็จแล้ว')
  await running.getByLabel('ความคืบหน้าภาษาอังกฤษ').fill('Done')
  await running.getByRole('checkbox', { name: 'ปิดปรับปรุงเสร็จแล้ว' }).check()
  await running.getByRole('button', { name: 'ส่งความคืบหน้า' }).click()
  await running.getByRole('button', { name: 'ส่งความคืบหน้า' }).waitFor({ state: 'detached' })
  // It holds within seconds.
  await expect.poll(async () => (await page.request.post('/api/cart/items', { data: {} })).status()).not.toBe(503)
  await toCart.click()
  await page.waitForURL('**/cart')
  expect(await page.getByRole('link', { name: 'ตะกร้า 1 รูป' }).count()).toBe(1)
})
