import { createClient } from '@pix/contracts/client.ts'
import { createEvent, setEventStatus } from '@pix/contracts/event-fields.ts'
import { login } from '@pix/contracts/auth.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { linkTo } from './letters.ts'
import { makePhotos } from './sample-photos.ts'
import { PASSWORD, shop } from './shop.ts'

const NEW_PASSWORD = 'seven purple kettles'
const OWNER = 'owner@second.demo.thepixstock.test'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** An event of the second studio that takes uploads. */
async function openEvent(): Promise<string> {
  const baseUrl = `${shop.url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, { body: { email: OWNER, password: PASSWORD } })
  const owner = createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
  const { id } = await owner.call(createEvent, {
    body: {
      slug: `e2e-invited-${Date.now().toString(36)}`,
      name: { th: 'งานเชิญช่างภาพ', en: 'Invited' },
      category: 'party',
      venue: 'Moonlight Hall',
      province: 'เชียงใหม่',
      startsAt: '2026-11-14T11:00:00Z',
      endsAt: '2026-11-14T15:00:00Z',
    },
  })
  await owner.call(setEventStatus, { params: { id }, body: { status: 'open' } })
  return id
}

async function signIn(page: Page, email: string) {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname !== '/login')
}

test('an owner invites a photographer, who makes an account by the letter and uploads; of the other studio the owner sees nothing', async () => {
  const event = await openEvent()
  const email = `lens-${Date.now()}@example.com`
  await using owner = await newPerson(browser, { locale: 'en' })
  await owner.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const console = await owner.newPage()
  await signIn(console, OWNER)
  await console.goto(`/admin/events/${event}`)
  const crew = console.locator('form').filter({ has: console.getByRole('heading', { name: 'Invite by e-mail' }) })
  await crew.locator('input[type=email]').fill(email)
  await crew.getByRole('button', { name: 'Send the invitation' }).click()
  await console.getByText(`An invitation goes to ${email}`).waitFor()
  await console.getByRole('button', { name: `Take back ${email}` }).waitFor()

  await console.goto('/admin/events')
  await console.getByText('Moonlight Graduation 2026').waitFor()
  expect(await console.getByText('Riverside Night 2026').count()).toBe(0)
  expect(await console.getByLabel('Studio', { exact: true }).count()).toBe(0)

  await using invited = await newPerson(browser, { locale: 'en' })
  await invited.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  const page = await invited.newPage()
  await page.goto(await linkTo(email, '/invitation'))
  await page.getByText('invites you to take the photos of Invited').waitFor()
  expect(page.url()).not.toContain('#')
  await page.getByLabel('Name', { exact: true }).fill('Lens')
  await page.locator('input[name=password]').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Make an account and accept' }).click()
  await page.waitForURL(url => url.pathname === '/photographer')
  await page.goto(`/photographer/events/${event}/upload`)
  await page.locator('input[type=file]').evaluate(input => input.removeAttribute('webkitdirectory'))
  const photos = await makePhotos()
  await page.locator('input[type=file]').setInputFiles(photos.map(photo => photo.path))
  await page.getByText(`${photos.length} of ${photos.length} stored and verified`).waitFor()

  await console.goto(`/admin/events/${event}`)
  await console.getByRole('button', { name: 'Remove Lens' }).waitFor()
  expect(await console.getByRole('button', { name: `Take back ${email}` }).count()).toBe(0)
})
