import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createClient } from '@pix/contracts/client.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import { connect } from '@pix/db/client.ts'
import { findChromium } from '@pix/stack/testing/find-chromium.ts'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { seedDemo } from '@pix/stack/start/seed-demo.ts'
import { chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { fillEvent } from './fill-event.ts'
import { quantile } from './quantile.ts'
import { DEMO } from './try/visitor.ts'
import { measureFrames } from './web/measure-frames.ts'

const { values } = parseArgs({
  options: {
    /** In the gallery, on sale. */
    photos: { type: 'string', default: '20000' },
    /** Waiting for approval, in another event. */
    waiting: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
  },
})
const KEYS = 60

/**
 * A gallery and an approval page of thousands of photos on a private shop: the list's p95, tiles in the DOM, script on the
 * event page, and how far frames are apart while somebody scrolls or presses keys. Photos are rows; their pictures
 * are one drawn JPEG.
 */
async function main(): Promise<void> {
  const { stack, forget } = await startPrivateStack(true)
  try {
    await seedDemo(stack)
    const db = connect(stack.database.owner, { max: 1 })
    const event = await fillEvent(db, Number(values.photos))
    const waiting = await fillEvent(db, Number(values.waiting), 'pending')
    await db.execute('analyze')
    await db.$client.end()
    const list = await timeList(stack.url, event.id)
    const { frames, ...pages } = await measurePages(stack.url, event.slug, waiting.id)
    const figures = { photos: Number(values.photos), waiting: Number(values.waiting), ...list, ...pages }
    if (values.json) return console.log(JSON.stringify({ ...figures, frames }))
    console.table(figures)
    console.table(frames)
  } finally {
    await forget()
  }
}

/** Walks the whole list by its cursor four times, 100 photos a page. */
async function timeList(url: string, id: string): Promise<{ listP50Ms: number; listP95Ms: number }> {
  const times: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const client = createClient({ baseUrl: `${url}/api` })
    let cursor: string | undefined
    do {
      const began = performance.now()
      const page = await client.call(listPhotos, {
        params: { id },
        query: { limit: 100, ...(cursor ? { cursor } : {}) },
      })
      times.push(performance.now() - began)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
  }
  const rounded = (q: number) => Number(quantile(times, q).toFixed(1))
  return { listP50Ms: rounded(0.5), listP95Ms: rounded(0.95) }
}

async function measurePages(url: string, slug: string, waitingId: string) {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium on this machine (set PIX_CHROMIUM to its path)')
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
    const picture = await drawPicture()
    await context.route('**/media/**', route => route.fulfill({ contentType: 'image/jpeg', body: picture }))
    const page = await context.newPage()
    const eventPageScriptKb = await scriptKb(page, `/events/${slug}`)
    await page.goto(`/events/${slug}/photos`)
    await page.getByRole('listitem').first().waitFor()
    const mostTiles = await mostTilesWhileScrolling(page)
    const gallery = await measureFrames(page, () => scroll(page))
    return { eventPageScriptKb, mostTiles, frames: { gallery, ...(await measureApproval(page, waitingId)) } }
  } finally {
    await browser.close()
  }
}

/** The approval page of an admin: scrolled, walked through by an arrow key, and decided by A. */
async function measureApproval(page: Page, eventId: string) {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(DEMO.admin)
  await page.locator('input[type=password]').fill(DEMO.password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(({ pathname }) => pathname !== '/login')
  await page.goto(`/admin/events/${eventId}/approve`)
  await page.getByRole('option').first().waitFor()
  const press = (key: string) => async () => {
    for (let n = 0; n < KEYS; n += 1) await page.keyboard.press(key)
  }
  const arrows = await measureFrames(page, press('ArrowRight'))
  const decisions = await measureFrames(page, press('a'))
  return { arrows, decisions, approval: await measureFrames(page, () => scroll(page)) }
}

/** Turns a wheel for about three seconds. */
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(720, 500)
  for (let step = 0; step < KEYS; step += 1) {
    await page.mouse.wheel(0, 400)
    await sleep(30)
  }
}

/** Noise, which is as much work to decode as a photo of this size. */
const drawPicture = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .jpeg()
    .toBuffer()

/** Gzipped bytes of every script the page loads, in kB. */
async function scriptKb(page: Page, url: string): Promise<number> {
  const bodies: Promise<Buffer>[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') bodies.push(response.body())
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  return Math.round(bytes / 1000)
}

async function mostTilesWhileScrolling(page: Page): Promise<number> {
  const tiles = () => page.locator('[data-at]').count()
  let most = await tiles()
  for (let step = 1; step <= 60; step += 1) {
    await page.evaluate(share => window.scrollTo(0, document.body.scrollHeight * share), step / 60)
    await sleep(60)
    most = Math.max(most, await tiles())
  }
  return most
}

await main()
