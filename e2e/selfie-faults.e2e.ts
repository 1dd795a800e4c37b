import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, onMobileData, openBrowser, PHONE } from './browser.ts'
import { adminClient, openEvent, setStatus } from './crew.ts'
import { linkTo } from './letters.ts'
import { makeFilm, makeSelfie, SAMPLES } from './sample-photos.ts'
import { PASSWORD } from './shop.ts'

const FIND_ME = '/events/riverside-night-2026/find-me'
const GROUP = join(SAMPLES, 'sample3.jpg')
const LONG = 300_000
const SEARCH = '**/api/face/search'

let browser: Browser
let selfie: string

beforeAll(async () => {
  browser = await openBrowser(await makeFilm('wall'))
  selfie = await makeSelfie('small')
})
afterAll(() => browser?.close())

/** Find-me on mobile data, so that the selfie is sent; what the page's policy forbids lands in `refused`. */
async function visit(person: BrowserContext): Promise<{ page: Page; refused: string[] }> {
  const page = await person.newPage()
  const refused: string[] = []
  await page.exposeFunction('reportRefusal', (what: string) => void refused.push(what))
  await onMobileData(page)
  await page.addInitScript(() => {
    const { reportRefusal } = globalThis as unknown as { reportRefusal(what: string): void }
    addEventListener('securitypolicyviolation', event => {
      // zod tries once whether it may compile, and goes on without.
      if (event.blockedURI !== 'eval') reportRefusal(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  await page.goto(FIND_ME)
  await page.getByRole('checkbox').check()
  return { page, refused }
}

const give = (page: Page, file: string) => page.locator('input[type=file]').setInputFiles(file)
const found = (page: Page) => page.getByRole('heading', { name: /เจอคุณ/ }).waitFor({ timeout: LONG })
const tryAgain = (page: Page) => page.getByRole('alert').getByRole('button', { name: 'ลองอีกครั้ง' })

/** The selfie itself is on the page, though the search failed. */
async function selfieKept(page: Page): Promise<void> {
  await page.getByRole('img', { name: 'เซลฟี่ของคุณ' }).waitFor()
  expect(await page.locator('video').count()).toBe(0)
}

test('a wall before the camera is not praised; without a face another selfie is asked for, not a crop', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page, refused } = await visit(person)
  await page.locator('video').waitFor()
  await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
  // The whole shutter is on the screen of a phone, though the consent stands above it.
  await page.waitForFunction(() => {
    const shutter = document.querySelector('.shutter')!.getBoundingClientRect()
    return shutter.top >= 0 && shutter.bottom <= innerHeight
  })
  // The hint is about light and movement; it has settled once it no longer says "hold still".
  await page.getByRole('group', { name: 'กล้อง' }).getByText('มองตรงที่กล้อง').waitFor()
  await page.getByRole('button', { name: 'ถ่ายเซลฟี่', exact: true }).click()
  const note = page.getByRole('alert')
  await note.getByText('ไม่เห็นใบหน้าในรูปนี้').waitFor({ timeout: LONG })
  expect(await note.getByRole('button').allInnerTexts()).toEqual(['ถ่ายใหม่'])
  await selfieKept(page)
  await note.getByRole('button', { name: 'ถ่ายใหม่' }).click()
  await page.locator('video').waitFor()
  expect(await page.getByText('ดีมาก').count()).toBe(0)
  expect(refused).toEqual([])
})

test('an event that takes selfies by camera alone offers no file and says why; who does not want to be found may show one', async () => {
  const admin = await adminClient()
  const slug = `e2e-camera-${Date.now().toString(36)}`
  const { id } = await openEvent(admin, slug, undefined, { selfie: 'camera' })
  await setStatus(admin, id, 'on_sale')
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  await page.goto(`/events/${slug}/find-me`)
  await page.getByText('งานนี้ให้ถ่ายเซลฟี่ตอนนี้เท่านั้น').waitFor()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'ถ่ายเซลฟี่', exact: true }).waitFor()
  expect(await page.locator('input[type=file]').count()).toBe(0)
  await page.goto(`/events/${slug}/hide-me`)
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
})

test('one face is cropped out of a photo of several under the real policy, and searched for', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page, refused } = await visit(person)
  await give(page, GROUP)
  await page.getByRole('heading', { name: 'คนไหนคือคุณ' }).waitFor({ timeout: LONG })
  await page.getByRole('button', { name: 'ครอบเฉพาะใบหน้า' }).click()
  await page.waitForFunction(() => {
    const picture = document.querySelector<HTMLImageElement>('.cropper img')
    return picture !== null && picture.complete && picture.naturalWidth > 0
  })
  const again = page.waitForRequest(SEARCH)
  await page.getByRole('button', { name: 'ใช้ส่วนนี้ ค้นหาเลย' }).click()
  await again
  expect(refused).toEqual([])
})

test('of several people the numbers lie beside the faces, and the results frame the chosen face alone', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await give(page, GROUP)
  await page.getByRole('heading', { name: 'คนไหนคือคุณ' }).waitFor({ timeout: LONG })
  const overlaps = await page.locator('.group .place').evaluateAll(places =>
    places.filter(place => {
      const [face, number] = [place.getBoundingClientRect(), place.querySelector('.num')!.getBoundingClientRect()]
      return number.top < face.bottom && number.bottom > face.top
    }),
  )
  expect(overlaps).toEqual([])
  await page.getByText('คนที่ 1').click()
  await page.getByRole('button', { name: 'นี่คือฉัน ค้นหาเลย' }).click()
  await found(page)
  const framed = page.getByRole('img', { name: 'เซลฟี่ของคุณ' })
  expect(await framed.evaluate(element => Number.parseFloat(getComputedStyle(element).backgroundSize))).toBeGreaterThan(
    150,
  )
})

test('a file that is no picture is refused in the same words whether it is sent or read here', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  const pdf = { name: 'me.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 no picture') }
  await page.getByRole('switch').click()
  await page.locator('input[type=file]').setInputFiles(pdf)
  const note = page.getByRole('alert').filter({ hasText: 'ไฟล์นี้ไม่ใช่รูปที่เราอ่านได้' })
  await note.waitFor()
  expect(await note.getByRole('button').allInnerTexts()).toEqual(['ถ่ายใหม่'])
})

test('a search that fails keeps the selfie and offers to try again first', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await page.route(SEARCH, route => route.fulfill({ status: 500, json: { code: 'internal', status: 500 } }))
  await give(page, selfie)
  await tryAgain(page).waitFor()
  expect(await page.getByRole('alert').getByRole('button').allInnerTexts()).toEqual(['ลองอีกครั้ง', 'ถ่ายใหม่'])
  await selfieKept(page)
  await page.unroute(SEARCH)
  await tryAgain(page).click()
  await found(page)
})

test('a search too soon says in how many seconds, and waits for them', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await page.route(SEARCH, route =>
    route.fulfill({ status: 429, headers: { 'retry-after': '10' }, json: { code: 'rate_limited', status: 429 } }),
  )
  await give(page, selfie)
  await page
    .getByRole('alert')
    .getByText(/ลองอีกครั้งได้ใน \d+\sวินาที/)
    .waitFor()
  expect(await tryAgain(page).isDisabled()).toBe(true)
  await selfieKept(page)
  await page.unroute(SEARCH)
  await page.getByRole('alert').getByText('ลองอีกครั้งได้แล้ว').waitFor()
  await tryAgain(page).click()
  await found(page)
})

test('a selfie taken while the net is away is sent by itself when it is back', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await person.setOffline(true)
  await give(page, selfie)
  await page.getByRole('alert').getByText('เน็ตหลุดอยู่').waitFor()
  await selfieKept(page)
  await person.setOffline(false)
  await found(page)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a consent taken back while the net is away keeps the selfie here', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  const sent: string[] = []
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().includes('/face/')) sent.push(request.url())
  })
  await person.setOffline(true)
  await give(page, selfie)
  await page.getByRole('alert').getByText('เน็ตหลุดอยู่').waitFor()
  sent.length = 0
  await page.getByRole('checkbox').uncheck()
  await person.setOffline(false)
  await page.waitForFunction(() => navigator.onLine)
  await page.evaluate(() => fetch('/api/cart').then(answer => answer.text()))
  expect(sent).toEqual([])
})

test('consent withdrawn turns nothing on: a calm page, the box empty, the camera off', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await give(page, selfie)
  await found(page)
  await page.getByRole('button', { name: /ถอนความยินยอม/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'ลบผลค้นหา' }).click()
  await page.getByRole('heading', { level: 1, name: 'ลบแล้ว' }).waitFor()
  expect(await page.locator('video').count()).toBe(0)
  expect(new URL(page.url()).search).toBe('')
  await page.getByRole('button', { name: 'หารูปอีกครั้ง' }).click()
  await page.getByText('ติ๊กยินยอมก่อน').waitFor()
  expect(await page.getByRole('checkbox').isChecked()).toBe(false)
  expect(await page.locator('video').count()).toBe(0)
})

test('"not me" on the only photo of a band leaves the page where it is and the focus among the results', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await page.route('**/api/face/search/*/results', async route => {
    const answer = await route.fetch()
    const results = await answer.text()
    const [sure, likely] = ['"band":"sure"', '"band":"likely"']
    const last = results.lastIndexOf(sure)
    const body = results.slice(0, last) + likely + results.slice(last + sure.length)
    await route.fulfill({ response: answer, body })
  })
  await give(page, selfie)
  await found(page)
  const notMe = page.getByRole('button', { name: 'ไม่ใช่ฉัน' })
  await notMe.focus()
  const place = () => page.evaluate(() => [scrollY, document.documentElement.scrollHeight])
  const before = await place()
  await page.keyboard.press('Enter')
  await notMe.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.closest('main') !== null)
  expect(await place()).toEqual(before)
})

test('who is in no photo yet agrees to have the face kept for a letter, and takes it back by the link of the letter that confirms it', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  await page.route('**/api/face/search/*/results', async route => {
    const answer = await route.fetch()
    const results = (await answer.json()) as object
    await route.fulfill({ response: answer, json: { ...results, items: [] } })
  })
  await give(page, selfie)
  await page.getByRole('heading', { level: 1, name: 'ยังไม่เจอรูปของคุณ' }).waitFor({ timeout: LONG })
  const email = `not-found-${Date.now()}@test.example`
  const form = page.getByRole('region', { name: 'แจ้งฉันเมื่อมีรูปใหม่ของฉัน' })
  await form.getByLabel('อีเมล').fill(email)
  const send = form.getByRole('button', { name: 'แจ้งฉันเมื่อมีรูปใหม่' })
  await send.click()
  await form.getByText('ติ๊กช่องนี้ก่อน').waitFor()
  await form.getByRole('checkbox').check()
  await send.click()
  await form.getByRole('status').getByText('ดูอีเมลของคุณ').waitFor()
  const link = await linkTo(email, '/alerts')
  expect(link).toContain('/alerts#')
  await page.goto(link)
  await page.getByRole('button', { name: 'ไม่ต้องแจ้ง ลบอีเมลและใบหน้าที่เก็บไว้' }).click()
  await page.getByRole('status').getByText('ลบอีเมลและใบหน้าแล้ว').waitFor()
})

test('past the number of people a guest signs in, comes back to the same selfie, and the search goes on by itself', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page } = await visit(person)
  // A guest is refused as after five people; the request of a signed-in person goes to the api itself.
  await page.route(SEARCH, async route => {
    if (route.request().headers()['authorization']) return route.continue()
    const body = JSON.stringify({ code: 'too_many_people', status: 429, title: 'Too many' })
    const headers = { 'retry-after': '40000', 'content-type': 'application/problem+json' }
    await route.fulfill({ status: 429, headers, body })
  })
  await give(page, selfie)
  await page.getByRole('alert').getByRole('button', { name: 'เข้าสู่ระบบแล้วค้นหาต่อ' }).click({ timeout: LONG })
  await page.waitForURL(url => url.pathname === '/login')
  await page.locator('input[type=email]').fill('customer@demo.thepixstock.test')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname === FIND_ME)
  await found(page)
  expect(await page.getByRole('alert').count()).toBe(0)
})
