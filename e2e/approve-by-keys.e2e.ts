import { listCrewPhotos } from '@pix/contracts/photos.ts'
import type { Client } from '@pix/contracts/client.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, signIn, uploadPhotos } from './crew.ts'
import { makePlainPhotos } from './sample-photos.ts'

let browser: Browser
let admin: Client
beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

const COLOURS = ['#803030', '#308030', '#303080', '#808030']

/** The approval page of an event with four waiting photos, by keyboard alone. */
async function openPage(page: Page) {
  const event = await openEvent(admin, `e2e-keys-${Date.now().toString(36)}`)
  await uploadPhotos(admin, event.id, await makePlainPhotos(COLOURS))
  const list = async () => (await admin.call(listCrewPhotos, { params: { id: event.id }, query: { limit: 100 } })).items
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await signIn(page, 'admin')
  await page.goto(`/admin/events/${event.id}/approve`)
  const grid = page.getByRole('listbox')
  const tiles = grid.getByRole('option')
  await expect.poll(() => tiles.count()).toBe(COLOURS.length)
  // The page has the focus in the grid by itself.
  await expect.poll(() => grid.evaluate(element => element === document.activeElement)).toBe(true)
  const ids = await tiles.evaluateAll(elements => elements.map(({ id }) => id))
  return {
    press: (key: string) => page.keyboard.press(key),
    /** What the api keeps of the photos, in the page's order. */
    kept: async () => {
      const photos = await list()
      return ids.map(id => photos.find(photo => `photo-${photo.id}` === id)!.approval)
    },
    reasons: async () => (await list()).flatMap(({ rejectReason }) => rejectReason ?? []),
    /** The number of the photo that the next key is about. */
    cursor: async () => ids.indexOf((await grid.getAttribute('aria-activedescendant')) ?? ''),
    selected: () =>
      tiles.evaluateAll(elements =>
        elements.flatMap((element, i) => (element.getAttribute('aria-selected') === 'true' ? [i] : [])),
      ),
    dialog: page.getByRole('dialog'),
  }
}

test('A approves, R rejects with a reason, Z takes back the last decision, and the arrows choose the photo', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const { press, kept, reasons, cursor, dialog } = await openPage(await person.newPage())
  expect(await cursor()).toBe(0)

  await press('a')
  await expect.poll(kept).toEqual(['approved', 'pending', 'pending', 'pending'])
  await expect.poll(cursor).toBe(1)
  await press('ArrowRight')
  await press('ArrowRight')
  await press('ArrowLeft')
  await expect.poll(cursor).toBe(2)

  await press('r')
  await dialog.getByRole('radio', { name: 'Too dark' }).press(' ')
  expect(await kept()).toEqual(['approved', 'pending', 'pending', 'pending'])
  await press('Enter')
  await expect.poll(kept).toEqual(['approved', 'pending', 'rejected', 'pending'])
  expect(await reasons()).toEqual(['Too dark'])
  await dialog.waitFor({ state: 'detached' })

  await press('z')
  await expect.poll(kept).toEqual(['approved', 'pending', 'pending', 'pending'])
  await press('z')
  await expect.poll(kept).toEqual(['pending', 'pending', 'pending', 'pending'])
})

test('Shift and an arrow select a range, which A decides at once and Z takes back at once', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const { press, kept, cursor, selected } = await openPage(await person.newPage())
  await press('ArrowRight')
  await press('Shift+ArrowRight')
  await press('Shift+ArrowRight')
  await expect.poll(selected).toEqual([1, 2, 3])
  await press('Shift+ArrowLeft')
  await expect.poll(selected).toEqual([1, 2])
  await press('a')
  await expect.poll(kept).toEqual(['pending', 'approved', 'approved', 'pending'])
  expect(await selected()).toEqual([])
  await press('z')
  await expect.poll(kept).toEqual(['pending', 'pending', 'pending', 'pending'])

  await press('End')
  await expect.poll(cursor).toBe(3)
  await press('Home')
  await expect.poll(cursor).toBe(0)
  await press('Control+a')
  await expect.poll(selected).toEqual([0, 1, 2, 3])
  await press('Escape')
  await expect.poll(selected).toEqual([])
})

test('3 rejects as too dark without a dialog, the tile says why under its filter, and Z puts it back', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  const { press, kept, reasons, cursor, dialog } = await openPage(page)
  await press('3')
  await expect.poll(kept).toEqual(['rejected', 'pending', 'pending', 'pending'])
  expect([await reasons(), await dialog.count(), await cursor()]).toEqual([['Too dark'], 0, 1])

  // Photos of one colour show nobody, and nothing to measure.
  await page.getByRole('button', { name: 'No face 3', exact: true }).click()
  await page.getByRole('button', { name: 'Approve all that fit the filter (3)' }).waitFor()
  await page.getByRole('button', { name: 'Rejected 1' }).click()
  const tile = page.getByRole('listbox').getByRole('option')
  await expect.poll(() => tile.getByText('Too dark').count()).toBe(1)
  expect(new URL(page.url()).search).toBe('?state=rejected&look=faceless')
  await page.getByRole('listbox').press('z')
  await expect.poll(kept).toEqual(['pending', 'pending', 'pending', 'pending'])
})

test('the large view shows the original without a watermark, and pixel for pixel', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  const { press, dialog } = await openPage(page)
  await press(' ')
  const picture = dialog.getByRole('img')
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
  await expect.poll(width).toBe(2400)
  const shown = () => picture.evaluate(image => image.getBoundingClientRect().width * devicePixelRatio)
  expect(await shown()).toBeLessThan(2400)
  await dialog.getByRole('button', { name: 'Actual size' }).click()
  await expect.poll(shown).toBe(2400)
})
