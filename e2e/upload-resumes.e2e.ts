import type { Client } from '@pix/contracts/client.ts'
import type { EventDetail } from '@pix/contracts/events.ts'
import { listCrewPhotos } from '@pix/contracts/photos.ts'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from './browser.ts'
import { adminClient, openEvent, signIn } from './crew.ts'
import { makeCard } from './sample-photos.ts'

/** Fewer by the environment: `PIX_UPLOAD_FILES=60`. */
const FILES = Number(process.env.PIX_UPLOAD_FILES ?? 300)
/** Photos that are stored when the page is reloaded: the first, which is large, is still on its way. */
const BEFORE_RELOAD = 12
/** Bytes a second: slow enough that the page is reloaded while files are on their way. */
const SLOW = 2_000_000

let browser: Browser
let admin: Client
let event: EventDetail

beforeAll(async () => {
  browser = await openBrowser()
  admin = await adminClient()
})
afterAll(() => browser?.close())

async function photographerAt(person: BrowserContext, slug: string) {
  event = await openEvent(admin, `${slug}-${Date.now().toString(36)}`)
  const page = await person.newPage()
  await signIn(page, 'photographer')
  const cdp = await person.newCDPSession(page)
  await cdp.send('Network.enable')
  const line = (offline: boolean, bytesPerSecond: number) =>
    cdp.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    })
  const warnings: string[] = []
  page.on('dialog', async dialog => {
    warnings.push(dialog.type())
    await dialog.accept()
  })
  await page.goto(`/photographer/events/${event.id}/upload`)
  return { page, line, warnings }
}

/** Where files went on, of all requests that brought bytes. */
function watchOffsets(page: Page): number[] {
  const offsets: number[] = []
  page.on('request', request => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  return offsets
}

const stored = (page: Page, least: number) =>
  expect
    .poll(async () => Number(/(\d+) จาก/.exec(await page.title())?.[1] ?? 0), { timeout: 120_000, interval: 50 })
    .toBeGreaterThanOrEqual(least)

/** The first file is large: it is on its way for seconds. */
const someOfTheFirst = (page: Page) =>
  expect
    .poll(async () =>
      Number(await page.getByRole('progressbar', { name: 'IMG_0001.JPG' }).getAttribute('aria-valuenow')),
    )
    .toBeGreaterThan(10)

/** The list that the page hands out, by name. */
async function savedList(page: Page): Promise<Map<string, string>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'บันทึกรายการ SHA-256' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n')
  return new Map(lines.map(line => line.split('  ').toReversed() as [string, string]))
}

async function expectStoredOnce(hashes: ReadonlyMap<string, string>): Promise<void> {
  const sums: string[] = []
  for (let cursor: string | undefined, more = true; more;) {
    const page = await admin.call(listCrewPhotos, { params: { id: event.id }, query: { limit: 100, cursor } })
    sums.push(...page.items.map(({ sha256 }) => sha256))
    cursor = page.nextCursor ?? undefined
    more = cursor !== undefined
  }
  expect(sums.toSorted()).toEqual([...hashes.values()].toSorted())
}

/** A folder of the browser's own file system, whose handle it keeps as it keeps one of a card. */
async function fillBrowserFolder(page: Page, card: Awaited<ReturnType<typeof makeCard>>): Promise<void> {
  const files = await Promise.all(
    card.files.map(async file => [file.name, (await readFile(file.path)).toString('base64')]),
  )
  for (let at = 0; at < files.length; at += 20)
    await page.evaluate(
      async some => {
        const root = await navigator.storage.getDirectory()
        const folder = await root.getDirectoryHandle('CARD-A', { create: true })
        for (const [name, base64] of some) {
          const file = await folder.getFileHandle(name!, { create: true })
          const writer = await file.createWritable()
          await writer.write(Uint8Array.from(atob(base64!), letter => letter.charCodeAt(0)))
          await writer.close()
        }
      },
      files.slice(at, at + 20),
    )
}

test('a folder goes on by itself after a reload and a dead line, within a file, and its receipt is right', async () => {
  await using person = await newPerson(browser)
  // The browser's own dialog cannot be driven; the handle that it would give is a real one.
  await person.addInitScript(() => {
    Object.defineProperty(window, 'showDirectoryPicker', {
      value: async () => (await navigator.storage.getDirectory()).getDirectoryHandle('CARD-A'),
    })
  })
  const card = await makeCard(FILES)
  const { page, line, warnings } = await photographerAt(person, 'e2e-resume')
  await fillBrowserFolder(page, card)
  const offsets = watchOffsets(page)

  await line(false, SLOW)
  await page.getByRole('button', { name: 'เพิ่มโฟลเดอร์' }).click()
  await page.getByText('ไม่ได้ส่งไฟล์ RAW 2 ไฟล์').waitFor()
  await stored(page, BEFORE_RELOAD)
  await someOfTheFirst(page)
  await page.reload()
  expect(warnings).toEqual(['beforeunload'])
  await stored(page, FILES * 0.5)
  await line(true, -1)
  await page.getByText(/รอเน็ต ค้าง \d+ รูป/).waitFor()
  expect(await page.getByText(/ต้องดูแล/).count()).toBe(0)
  await line(false, -1)

  const count = FILES.toLocaleString('en-US')
  await page.getByText(`เก็บแล้วและตรวจครบ ${count} จาก ${count} รูป`).waitFor({ timeout: 300_000 })
  expect(await savedList(page)).toEqual(card.hashes)
  expect(offsets.some(offset => offset > 0)).toBe(true)
  await expectStoredOnce(card.hashes)
  await page.reload()
  await page.getByText('ลากโฟลเดอร์จากการ์ดมาวางที่นี่').waitFor()
  expect(await page.getByText('ยังส่งไม่ครบ').count()).toBe(0)
})

test('where the browser keeps no folder it is asked for once more, and what was sent is not sent again', async () => {
  await using person = await newPerson(browser)
  await person.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'))
  const card = await makeCard(12)
  const folder = dirname(card.files[0]!.path)
  const { page, line } = await photographerAt(person, 'e2e-again')
  const choose = async (button: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: button }).click(),
    ])
    await chooser.setFiles(folder)
  }
  await line(false, SLOW)
  await choose('เพิ่มโฟลเดอร์')
  await stored(page, 4)
  await page.reload()
  await line(false, -1)
  await page.getByText(/เก็บแล้ว \d+ จาก 12 รูป/).waitFor()
  const offsets = watchOffsets(page)
  await choose('เลือกอีกครั้ง')
  await page.getByText('เก็บแล้วและตรวจครบ 12 จาก 12 รูป').waitFor()
  expect(offsets.length).toBeLessThanOrEqual(8)
  expect(await savedList(page)).toEqual(card.hashes)
  await expectStoredOnce(card.hashes)
})
