import { login, me } from '@pix/contracts/auth.ts'
import { createClient, type Client } from '@pix/contracts/client.ts'
import { setPhotographer } from '@pix/contracts/crew.ts'
import { createEvent, type EventFields, setEventStatus } from '@pix/contracts/event-fields.ts'
import { type EventDetail, type EventStatus } from '@pix/contracts/events.ts'
import { batchUpload, decidePhotos, listCrewPhotos } from '@pix/contracts/photos.ts'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import type { SamplePhoto } from './sample-photos.ts'
import { emailOf, PASSWORD, shop } from './shop.ts'

/** The admin's own program: what has no screen yet is done over the api. */
export const adminClient = (): Promise<Client> => clientOf('admin')

/** The demo photographer's own program. */
export const photographerClient = (): Promise<Client> => clientOf('photographer')

async function clientOf(role: 'admin' | 'photographer'): Promise<Client> {
  const baseUrl = `${shop.url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, {
    body: { email: emailOf(role), password: PASSWORD },
  })
  return createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
}

/** Uploads as the demo photographer, over the api, and waits until every photo of the event waits for approval. */
export async function uploadPhotos(admin: Client, eventId: string, photos: readonly SamplePhoto[]): Promise<void> {
  const photo = await Promise.all(
    photos.map(
      async ({ path, name }) => new File([new Uint8Array(await readFile(path))], name, { type: 'image/jpeg' }),
    ),
  )
  await (await photographerClient()).call(batchUpload, { form: { eventId, photo } })
  const areThere = async () => (await photoCounts(admin, eventId)).pending === photos.length
  await vi.waitUntil(areThere, { timeout: 300_000, interval: 500 })
}

export const photoCounts = async (admin: Client, eventId: string) =>
  (await admin.call(listCrewPhotos, { params: { id: eventId }, query: { limit: 1 } })).counts

/** An event that takes uploads from the demo photographer. */
export async function openEvent(
  admin: Client,
  slug: string,
  name = { th: 'งานทดสอบครบวงจร', en: 'End to end' },
  more: Partial<Pick<EventFields, 'selfie'>> = {},
): Promise<EventDetail> {
  const event = await admin.call(createEvent, {
    body: {
      slug,
      name,
      category: 'party',
      venue: 'Riverside',
      province: 'กรุงเทพมหานคร',
      startsAt: '2026-11-14T11:00:00Z',
      endsAt: '2026-11-14T15:00:00Z',
      faceSearchWording: 'ผู้ร่วมงานทราบว่ามีการค้นหาด้วยใบหน้า',
      ...more,
    },
  })
  const { id: userId } = await (await clientOf('photographer')).call(me, {})
  await admin.call(setPhotographer, { params: { id: event.id, userId }, body: { trusted: false } })
  return setStatus(admin, event.id, 'open')
}

export const setStatus = (admin: Client, id: string, status: EventStatus): Promise<EventDetail> =>
  admin.call(setEventStatus, { params: { id }, body: { status } })

/** Approves every photo of the event that waits for approval. */
export const approveWaiting = (admin: Client, eventId: string) =>
  admin.call(decidePhotos, { body: { eventId, decision: 'approved', photoIds: 'all_pending' } })

/** Approves every photo that waits, and opens the sale. */
export async function putOnSale(admin: Client, eventId: string): Promise<EventDetail> {
  await approveWaiting(admin, eventId)
  return setStatus(admin, eventId, 'on_sale')
}

/** Signs in on the screen and waits until the page behind it is there. */
export async function signIn(page: Page, role: 'admin' | 'photographer'): Promise<void> {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(emailOf(role))
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname !== '/login')
}
