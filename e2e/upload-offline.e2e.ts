import type { Client } from '@pix/contracts/client.ts'
import type { EventDetail } from '@pix/contracts/events.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, signIn } from './crew.ts'
import { makePhotos } from './sample-photos.ts'

let browser: Browser
let admin: Client
let event: EventDetail

beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
  event = await openEvent(admin, `e2e-offline-${Date.now().toString(36)}`)
})
afterAll(() => browser?.close())

test('a photographer who loses the net sees one amber line and no red, and every photo is stored when it is back', async () => {
  await using person = await newPerson(browser)
  const page = await person.newPage()
  await signIn(page, 'photographer')
  await page.goto(`/photographer/events/${event.id}/upload`)
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  const photos = await makePhotos()
  await person.setOffline(true)
  await page.locator('input[type=file]').setInputFiles(photos.map(photo => photo.path))
  await page.getByText(`รอเน็ต ค้าง ${photos.length} รูป`).waitFor()
  expect(await page.getByText(/^ไม่สำเร็จ 0$/).count()).toBe(1)
  expect(await page.getByText(/ต้องดูแล/).count()).toBe(0)

  await person.setOffline(false)
  await page.getByText(`เก็บแล้วและตรวจครบ ${photos.length} จาก ${photos.length} รูป`).waitFor()
  expect(await page.getByText('รอเน็ต').count()).toBe(0)
})

test('a fault that this page does not know yet is said in words', async () => {
  await using person = await newPerson(browser)
  const page = await person.newPage()
  await signIn(page, 'photographer')
  await page.goto(`/photographer/events/${event.id}/upload`)
  await page.route('**/api/uploads', route =>
    route.fulfill({ status: 422, json: { code: 'a_later_code', status: 422 } }),
  )
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  await page.locator('input[type=file]').setInputFiles((await makePhotos()).slice(0, 1).map(photo => photo.path))
  await page.getByText('ฝั่งเรามีปัญหา ลองใหม่อีกครั้งได้เลย').waitFor()
  expect(await page.getByText(/problems\.|a_later_code/).count()).toBe(0)
})
