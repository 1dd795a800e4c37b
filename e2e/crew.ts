import { login } from '@pix/contracts/auth.ts'
import { createClient, type Client } from '@pix/contracts/client.ts'
import {
  createEvent,
  invitePhotographer,
  setEventStatus,
  type EventDetail,
  type EventStatus,
} from '@pix/contracts/events.ts'
import type { Page } from 'playwright-core'
import { emailOf, PASSWORD, shop } from './shop.ts'

/** The admin's own program: what has no screen yet is done over the api. */
export async function adminClient(): Promise<Client> {
  const baseUrl = `${shop.url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, {
    body: { email: emailOf('admin'), password: PASSWORD },
  })
  return createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
}

/** An event that takes uploads from the demo photographer. */
export async function openEvent(admin: Client, slug: string): Promise<EventDetail> {
  const event = await admin.call(createEvent, {
    body: {
      slug,
      name: { th: 'งานทดสอบครบวงจร', en: 'End to end' },
      category: 'party',
      venue: 'Riverside',
      province: 'กรุงเทพมหานคร',
      startsAt: '2026-11-14T11:00:00Z',
      endsAt: '2026-11-14T15:00:00Z',
      faceSearchWording: 'ผู้ร่วมงานทราบว่ามีการค้นหาด้วยใบหน้า',
    },
  })
  await admin.call(invitePhotographer, { params: { id: event.id }, body: { email: emailOf('photographer') } })
  return setStatus(admin, event.id, 'open')
}

export const setStatus = (admin: Client, id: string, status: EventStatus): Promise<EventDetail> =>
  admin.call(setEventStatus, { params: { id }, body: { status } })

/** Signs in on the screen and waits until the page behind it is there. */
export async function signIn(page: Page, role: 'admin' | 'photographer'): Promise<void> {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(emailOf(role))
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname !== '/login')
}
