import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, photoCounts, signIn, uploadPhotos } from './crew.ts'
import { makePhotos } from './sample-photos.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('in the large view every press of A decides one photo, however slow the answers are', async () => {
  const admin = await adminClient()
  const event = await openEvent(admin, `e2e-fast-${Date.now().toString(36)}`)
  await uploadPhotos(admin, event.id, await makePhotos())
  const counts = () => photoCounts(admin, event.id)

  await using person = await newPerson(browser)
  const page = await person.newPage()
  await signIn(page, 'admin')
  const decisions: string[][] = []
  await page.route('**/api/photos/approvals', async route => {
    decisions.push((route.request().postDataJSON() as { photoIds: string[] }).photoIds)
    const answer = await route.fetch()
    await new Promise(resolve => setTimeout(resolve, 500))
    await route.fulfill({ response: answer })
  })
  await page.goto(`/admin/events/${event.id}/approve`)
  await page.getByRole('listbox').press(' ')
  await page.getByRole('dialog').getByRole('button', { name: 'ปิด' }).waitFor()
  for (let photo = 0; photo < 3; photo += 1) await page.keyboard.press('a')
  await expect.poll(async () => (await counts()).approved).toBe(3)
  expect((await counts()).pending).toBe(1)
  expect(new Set(decisions.flat()).size).toBe(3)
})
