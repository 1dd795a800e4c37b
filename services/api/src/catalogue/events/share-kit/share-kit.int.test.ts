import type { ShareKit } from '@pix/contracts/share-kit.ts'
import { readDrawn } from '@pix/pdf/read-page-testing.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { type TestApp, testApp, TEST_ORIGIN } from '../../../testing/test-app.ts'

// Without this the reader would fetch its own WebAssembly file from the internet.
beforeAll(async () => {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = new Uint8Array(await readFile(file)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
})

// Other test files of this process may have limited the decoder to photos (face-worker/picture/decode-picture.ts).
const SVG = { operation: ['VipsForeignLoadSvg'] }
beforeAll(() => sharp.unblock(SVG))
afterAll(() => sharp.block(SVG))

async function scannedFrom(svg: string): Promise<string[]> {
  const png = await sharp(Buffer.from(svg), { density: 144 }).flatten({ background: '#ffffff' }).png().toBuffer()
  return (await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] })).map(({ text }) => text)
}

/** A poster as a camera sees it: its black boxes and bars are all that a reader of codes looks at. */
function asPicture(pdf: Buffer): string {
  const boxes = readDrawn(pdf).boxes.map(
    ({ x, y, width, height }) => `<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842">${boxes.join('')}</svg>`
}

/** What is answered about the share kit of an event at a host. */
async function ask(t: TestApp, eventId: string, headers: Record<string, string>, host?: string) {
  const at = host === undefined ? headers : { ...headers, host }
  const get = (path: string) => t.app.inject({ url: `/api/events/${eventId}/${path}`, headers: at })
  const [kit, poster] = [await get('share-kit'), await get('poster')]
  return { kit, poster, link: kit.json<{ kit: ShareKit | null }>().kit?.link }
}

test('who manages an event has its short link, the QR of it and a poster; to others the event does not exist', async () => {
  await using t = await testApp()
  const event = await t.event({ slug: 'mekong-run', status: 'open', nameTh: 'วิ่งริมโขง', nameEn: 'Mekong Run' })
  const { headers } = await t.user('admin')

  const { kit, poster } = await ask(t, event.id, headers)
  const { link, qr } = kit.json<{ kit: ShareKit }>().kit
  expect(link).toBe(`${TEST_ORIGIN}/e/mekong-run`)
  expect(await scannedFrom(qr)).toEqual([link])
  expect([poster.statusCode, poster.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(poster.headers['content-disposition']).toBe('attachment; filename="mekong-run.pdf"')
  expect(poster.headers['cache-control']).toBe('no-store')
  expect(await scannedFrom(asPicture(poster.rawPayload))).toEqual([link])

  const other = await t.studio({ slug: 'moon' })
  const { headers: manager } = await t.member(other.id, 'manager')
  const theirs = await ask(t, event.id, manager)
  expect([theirs.kit.statusCode, theirs.poster.statusCode]).toEqual([404, 404])
})

test('link and poster lead where visitors find the event: to its own studio, or to the marketplace', async () => {
  await using t = await testApp({ settings: { ROOT_DOMAIN: 'shop.test', PUBLIC_ORIGIN: 'http://www.shop.test' } })
  await t.studio({ slug: 'moon' })
  const sun = await t.studio({ slug: 'sun' })
  const event = await t.event({ slug: 'mekong-run', studioId: sun.id, status: 'on_sale' })
  const { headers } = await t.user('admin')
  for (const [host, origin] of [
    ['sun.shop.test', 'http://sun.shop.test'],
    ['moon.shop.test', 'http://www.shop.test'],
    ['www.shop.test', 'http://www.shop.test'],
  ] as const) {
    const { link, poster } = await ask(t, event.id, headers, host)
    expect([host, link]).toEqual([host, `${origin}/e/mekong-run`])
    expect(await scannedFrom(asPicture(poster.rawPayload))).toEqual([link])
    const page = await t.app.inject({ url: '/api/events/mekong-run', headers: { host: new URL(link!).host } })
    expect([host, page.statusCode]).toEqual([host, 200])
  }
})

test('an event that is planned has no link to print yet: its address may still change', async () => {
  await using t = await testApp()
  const event = await t.event({ slug: 'mekong-run', status: 'planning' })
  const { kit, poster } = await ask(t, event.id, (await t.user('admin')).headers)
  expect([kit.statusCode, kit.json(), poster.statusCode]).toEqual([200, { kit: null }, 404])
})

test('the short link leads to the page of the event at the same host, whatever its name', async () => {
  await using t = await testApp()
  for (const [path, to] of [
    ['/e/mekong-run', '/events/mekong-run'],
    ['/e/no-such-event', '/events/no-such-event'],
    ['/e/%2f%2felsewhere.example', '/events/%2F%2Felsewhere.example'],
  ] as const) {
    const answer = await t.app.inject({ url: path })
    expect([path, answer.statusCode, answer.headers.location]).toEqual([path, 308, to])
  }
})
