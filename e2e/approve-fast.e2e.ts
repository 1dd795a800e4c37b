import { batchUpload, listCrewPhotos } from '@pix/contracts/photos.ts'
import { login } from '@pix/contracts/auth.ts'
import { createClient } from '@pix/contracts/client.ts'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, signIn } from './crew.ts'
import { makePhotos } from './sample-photos.ts'
import { emailOf, PASSWORD, shop } from './shop.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('in the large view every press of A decides one photo, however slow the answers are', async () => {
  const admin = await adminClient()
  const event = await openEvent(admin, `e2e-fast-${Date.now().toString(36)}`)
  const baseUrl = `${shop.url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, {
    body: { email: emailOf('photographer'), password: PASSWORD },
  })
  const form = new FormData()
  form.set('eventId', event.id)
  for (const { path, name } of await makePhotos())
    form.append('photo', new Blob([new Uint8Array(await readFile(path))], { type: 'image/jpeg' }), name)
  const headers = () => ({ authorization: `Bearer ${accessToken}` })
  await createClient({ baseUrl, headers }).call(batchUpload, {}, { form })
  const counts = async () =>
    (await admin.call(listCrewPhotos, { params: { id: event.id }, query: { limit: 1 } })).counts
  await expect.poll(async () => (await counts()).pending, { timeout: 300_000 }).toBe(4)

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
