import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import { FACE_ENGINES, type FaceEngineName, MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { hasWeights, noWeights } from '@pix/faces/engines-testing.ts'
import { halve } from '@pix/faces/see/image/pyramid.ts'
import { detectionLongSide } from '@pix/faces/see/pipeline.ts'
import type { RawImage } from '@pix/faces/types.ts'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, pageCpuSeconds, PHONE } from './browser.ts'
import { engineOfEvent } from './event-engine.ts'
import { makeSelfie, SAMPLES } from './sample-photos.ts'

const FIND_ME = '/events/riverside-night-2026/find-me'
const GROUP = join(SAMPLES, 'sample3.jpg')

/** Models are loaded and faces are read: seconds, or minutes where others work too. */
const LONG = 300_000

let browser: Browser
let selfie: string

/** The engine that the photos of this event were read with. */
const own = await engineOfEvent('riverside-night-2026')
const kinds = FACE_ENGINES.flatMap(engine => (['small', 'large'] as const).map(kind => ({ engine, kind })))

beforeAll(async () => {
  browser = await openBrowser()
  selfie = await makeSelfie('small')
})
afterAll(() => browser?.close())

/** A selfie's pixels, halved where they are more than an engine can use. */
async function decode(file: string): Promise<RawImage> {
  const { data, info } = await sharp(file).rotate().raw().toBuffer({ resolveWithObject: true })
  let picture: RawImage = { width: info.width, height: info.height, data: new Uint8Array(data) }
  while (Math.max(picture.width, picture.height) > detectionLongSide) picture = halve(picture)
  return picture
}

/** What the server's engine says of a selfie. */
async function readThere(engine: FaceEngineName, file: string) {
  const server = await createFaceEngine({ engine, runtime: 'onnx', cacheDir: defaultFaceCache() })
  const reading = await server.readSelfie(await decode(file))
  await server.close()
  if (reading.kind !== 'faces') throw new Error('the server refuses the selfie')
  return reading.faces[0]!
}

/** Has the page take the event's photos for ones that this engine read: by its HTML and by the api. */
async function believeReadBy(page: Page, engine: FaceEngineName): Promise<void> {
  await page.route(/\/events\//, async route => {
    const answer = await route.fetch()
    const body = (await answer.text()).replaceAll(MODEL_VERSIONS[own], MODEL_VERSIONS[engine])
    await route.fulfill({ response: answer, body })
  })
}

/**
 * Find-me once it has decided where the selfie is read. `line` is the connection that a phone's browser reports: on
 * Wi-Fi the models are loaded by themselves, on mobile data they are offered, unless they lie in the cache.
 */
async function visit(
  person: BrowserContext,
  line: 'wifi' | 'cellular',
  { here = line === 'wifi', engine = own }: { here?: boolean; engine?: FaceEngineName } = {},
): Promise<{ page: Page; requests: Request[] }> {
  const page = await person.newPage()
  if (engine !== own) await believeReadBy(page, engine)
  const requests: Request[] = []
  page.on('request', request => requests.push(request))
  await page.addInitScript(type => {
    const connection = { effectiveType: '4g', downlink: 10, saveData: false, type }
    Object.defineProperty(navigator, 'connection', { get: () => connection })
  }, line)
  await page.goto(FIND_ME)
  await page.getByRole('switch', { checked: here }).waitFor()
  return { page, requests }
}

async function give(page: Page, file: string): Promise<void> {
  await page.getByRole('checkbox').check()
  await page.locator('input[type=file]').setInputFiles(file)
}

/** The models are loaded, and their progress bar is gone. */
async function loaded(page: Page): Promise<void> {
  await page.locator('[data-engine=ready]').waitFor({ timeout: LONG })
  expect(await page.getByRole('progressbar').count()).toBe(0)
}
const found = (page: Page) => page.getByRole('heading', { name: /เจอคุณ/ }).waitFor({ timeout: LONG })
const pathOf = (request: Request) => new URL(request.url()).pathname
/** What the page sent, but for the visit that it counts without a body. */
const posted = (requests: Request[]) =>
  requests.filter(request => request.method() === 'POST' && !/^\/api\/events\/[^/]+\/visits$/.test(pathOf(request)))
const ofModels = (requests: Request[]) => requests.filter(request => pathOf(request).startsWith('/models/'))

interface Sent {
  eventId: string
  consent: string
  modelVersion: string
  embedding: number[]
  quality: number
}

test.each(hasWeights ? kinds : kinds.filter(({ engine }) => engine !== 'sface'))(
  `a phone reads a $kind selfie itself with $engine: 128 numbers are sent, those that the server makes${noWeights}`,
  { timeout: 2 * LONG },
  async ({ engine, kind }) => {
    const file = await makeSelfie(kind)
    await using person = await newPerson(browser, { viewport: PHONE })
    const before = await pageCpuSeconds(browser)
    const { page, requests } = await visit(person, 'wifi', { engine })
    await page.getByText('รูปของคุณอยู่ในเครื่องนี้').waitFor()
    await loaded(page)
    const [cpu, began] = [await pageCpuSeconds(browser), Date.now()]
    const numbers = page.waitForRequest('**/api/face/search/embedding', { timeout: LONG })
    await give(page, file)
    await numbers
    const [after, took] = [await pageCpuSeconds(browser), Date.now() - began]
    if (engine === own) await found(page)

    expect(posted(requests).map(pathOf)).toEqual(['/api/face/search/embedding'])
    const sent = JSON.parse(posted(requests)[0]!.postData()!) as Sent
    expect(Object.keys(sent).sort()).toEqual(['consent', 'embedding', 'eventId', 'modelVersion', 'quality'])
    expect(sent.embedding).toHaveLength(128)

    const face = await readThere(engine, file)
    const distance = Math.hypot(...sent.embedding.map((value, i) => value - face.embedding[i]!))
    const sizes = await Promise.all(ofModels(requests).map(request => request.sizes()))
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    console.log(
      `${engine}, ${kind} selfie: ${distance.toFixed(4)} between the page's embedding and the server's, ` +
        `${(bytes / 1e6).toFixed(2)} MB of models, ${(cpu - before).toFixed(2)} s of CPU until they are ready, ` +
        `${(after - cpu).toFixed(2)} s for the selfie in ${took} ms`,
    )
    expect(distance).toBeLessThan(0.02)
    expect(sent.quality).toBeCloseTo(face.quality, 1)
    expect(sent.modelVersion).toBe(MODEL_VERSIONS[engine])
    expect(bytes).toBeLessThan(8_000_000)
  },
)

test('an event whose models this page does not have gets selfies as they are, and offers nothing else', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const requests: Request[] = []
  page.on('request', request => requests.push(request))
  await page.route(/\/events\//, async route => {
    const answer = await route.fetch()
    const body = (await answer.text()).replaceAll(MODEL_VERSIONS[own], 'of another release')
    await route.fulfill({ response: answer, body })
  })
  await page.goto(FIND_ME)
  await give(page, selfie)
  await found(page)
  expect(await page.getByRole('switch').count()).toBe(0)
  expect(ofModels(requests)).toEqual([])
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search'])
})

test('the models are loaded on find-me only, and once: the next visit takes them from the cache, on any line', async () => {
  await using person = await newPerson(browser)
  const elsewhere = await person.newPage()
  const asked: Request[] = []
  elsewhere.on('request', request => asked.push(request))
  await elsewhere.goto(FIND_ME.replace('/find-me', ''), { waitUntil: 'networkidle' })
  expect(asked.filter(request => /\/models\/|worker/.test(request.url()))).toEqual([])

  const first = await visit(person, 'wifi')
  await loaded(first.page)
  expect(ofModels(first.requests).length).toBeGreaterThan(0)
  for (const request of ofModels(first.requests)) {
    const { 'cache-control': keep, 'content-encoding': encoding } = (await request.response())!.headers()
    expect([keep, encoding]).toEqual(['public, max-age=31536000, immutable', 'br'])
  }

  const second = await visit(person, 'cellular', { here: true })
  await loaded(second.page)
  expect(ofModels(second.requests)).toEqual([])
})

test.skipIf(!hasWeights)(
  'models that no page asks for any more leave the cache; those of the other engine stay',
  async () => {
    await using person = await newPerson(browser)
    const { page } = await visit(person, 'cellular')
    await page.evaluate(async () => {
      const cache = await caches.open('face-models')
      await cache.put('/models/0123456789abcdef/yunet.bin', new Response('old'))
    })
    const kept = async () =>
      page.evaluate(async () => {
        const cache = await caches.open('face-models')
        return [...new Set((await cache.keys()).map(({ url }) => url.split('/').at(-2)))]
      })
    await page.getByRole('switch').click()
    await loaded(page)
    const first = await kept()
    expect(first).toHaveLength(1)
    expect(first).not.toContain('0123456789abcdef')
    const other = FACE_ENGINES.find(engine => engine !== own)!
    const second = await visit(person, 'wifi', { engine: other })
    await loaded(second.page)
    expect(await kept()).toHaveLength(2)
    expect(await kept()).toEqual(expect.arrayContaining(first))
  },
)

test('on mobile data nothing is loaded until it is asked for, and the selfie is sent as before', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page, requests } = await visit(person, 'cellular')
  await page.getByText(/ดาวน์โหลด \d\.\d MB/).waitFor()
  await give(page, selfie)
  await found(page)
  expect(await page.getByRole('switch', { checked: true }).count()).toBe(0)
  expect(ofModels(requests)).toEqual([])
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search'])
})

test('of several faces read on the phone the customer chooses one, and only that one is sent', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page, requests } = await visit(person, 'wifi')
  await give(page, GROUP)
  await page.getByRole('heading', { name: 'คนไหนคือคุณ' }).waitFor({ timeout: LONG })
  expect(posted(requests)).toEqual([])
  await page.getByText('คนที่ 1').click()
  await page.getByRole('button', { name: 'นี่คือฉัน ค้นหาเลย' }).click()
  await found(page)
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search/embedding'])
})

test('a photo without a face is refused on the phone in the same words, and nothing is sent', async () => {
  await using person = await newPerson(browser)
  const { page, requests } = await visit(person, 'wifi')
  await give(page, await makeSelfie('no face'))
  await page.getByRole('alert').getByText('ไม่เห็นใบหน้าในรูปนี้').waitFor({ timeout: LONG })
  expect(posted(requests)).toEqual([])
})

test('a file that only the server reads is not sent before a yes', async () => {
  await using person = await newPerson(browser)
  const { page, requests } = await visit(person, 'wifi')
  await give(page, await makeSelfie('small', 'tiff'))
  const note = page.getByRole('alert').filter({ hasText: 'เครื่องนี้อ่านไฟล์นี้ไม่ได้' })
  await note.waitFor()
  expect(posted(requests)).toEqual([])
  await note.getByRole('button', { name: 'ส่งรูปให้ค้นหาแทน' }).click()
  await found(page)
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search'])
})

test('when the models do not come the page says so, and sends the selfie only after a new yes', async () => {
  await using person = await newPerson(browser)
  await person.route('**/models/**', route => route.abort())
  const { page, requests } = await visit(person, 'wifi')
  await give(page, selfie)
  const note = page.getByRole('alert').filter({ hasText: 'เครื่องนี้ยังอ่านใบหน้าเองไม่ได้' })
  await note.waitFor()
  expect(posted(requests)).toEqual([])
  await note.getByRole('button', { name: 'ส่งรูปให้ค้นหาแทน' }).click()
  await found(page)
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search'])
})

test('numbers of other models are refused by the api; the page says what to do and the selfie waits for a yes', async () => {
  await using person = await newPerson(browser)
  await person.route('**/api/face/search/embedding', async route => {
    const body = { ...(route.request().postDataJSON() as Sent), modelVersion: 'an older one' }
    await route.continue({ postData: JSON.stringify(body) })
  })
  const { page, requests } = await visit(person, 'wifi')
  await give(page, selfie)
  const note = page.getByRole('alert').filter({ hasText: 'หน้านี้เก่าไปแล้ว' })
  await note.waitFor({ timeout: LONG })
  expect(posted(requests).map(pathOf)).toEqual(['/api/face/search/embedding'])
  await note.getByRole('button', { name: 'ส่งรูปให้ค้นหาแทน' }).click()
  await found(page)
  expect(posted(requests).at(-1)!.postDataBuffer()!.length).toBeGreaterThan((await readFile(selfie)).length / 4)
})
