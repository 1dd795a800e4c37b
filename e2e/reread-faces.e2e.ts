import type { Client } from '@pix/contracts/client.ts'
import { readEventEngine } from '@pix/contracts/face-engine.ts'
import { hasWeights, noWeights } from '@pix/faces/engines-testing.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, signIn, uploadPhotos } from './crew.ts'
import { makePlainPhotos } from './sample-photos.ts'

const LONG = 120_000

let browser: Browser
let admin: Client
beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

test.skipIf(!hasWeights)(
  `an admin presses the button, and the photos of an event are read with the other face engine${noWeights}`,
  async () => {
    const event = await openEvent(admin, `e2e-reread-${Date.now().toString(36)}`)
    await uploadPhotos(admin, event.id, await makePlainPhotos(['#604020', '#206040']))
    const engine = async () => (await admin.call(readEventEngine, { params: { id: event.id } })).engine
    expect(await engine()).toBe('sface')
    await using person = await newPerson(browser, { locale: 'en' })
    const page = await person.newPage()
    await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
    await signIn(page, 'admin')
    await page.goto(`/admin/events/${event.id}/people`)
    const card = page.getByRole('region', { name: 'Face engine' })
    await card.getByText('This event is searched with SFace').waitFor()

    await card.getByRole('button', { name: 'Read its photos again with face-api' }).click()

    await card.getByText('This event is searched with face-api').waitFor({ timeout: LONG })
    expect(await engine()).toBe('face-api')
  },
)
