import type { Client } from '@pix/contracts/client.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, onMobileData, openBrowser, PHONE } from './browser.ts'
import { adminClient, approveWaiting, openEvent, putOnSale, uploadPhotos } from './crew.ts'
import { makePhotos, makeSelfie } from './sample-photos.ts'

let browser: Browser
let admin: Client
beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

/** Finds the person of the selfie, which is sent: on mobile data no device reads it by itself. */
async function findMe(page: Page, slug: string, selfie: string) {
  await onMobileData(page)
  await page.goto(`/events/${slug}/find-me`)
  await page.getByRole('switch', { checked: false }).waitFor()
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(selfie)
  await page.getByRole('heading', { name: /^เจอคุณ/, level: 1 }).waitFor()
}

test('a photo that is uploaded while the results are open appears in them by itself, and moves nothing', async () => {
  const [first, second, ...others] = await makePhotos()
  const slug = `e2e-live-${Date.now().toString(36)}`
  const event = await openEvent(admin, slug)
  await uploadPhotos(admin, event.id, [first!, ...others])
  await putOnSale(admin, event.id)
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await findMe(page, slug, await makeSelfie('small'))
  await page.getByText('เปิดหน้านี้ไว้ รูปใหม่ของคุณจะขึ้นมาเอง').waitFor()
  const there = page.getByRole('list', { name: /^ใช่คุณแน่/ }).getByRole('listitem')
  const before = (await there.first().boundingBox())!

  await uploadPhotos(admin, event.id, [second!])
  await approveWaiting(admin, event.id)

  const fresh = page.getByRole('list', { name: /^รูปใหม่ของคุณ/ }).getByRole('listitem')
  await fresh.first().waitFor({ timeout: 60_000 })
  await page.getByRole('status').filter({ hasText: 'รูปใหม่ของคุณ 1\u00a0รูป' }).waitFor({ state: 'attached' })
  await expect.poll(async () => Math.round((await there.first().boundingBox())!.y)).toBe(Math.round(before.y))
  expect(await fresh.count()).toBe(1)
  await page.getByRole('heading', { name: /^เจอคุณ 2/, level: 1 }).waitFor()
})
