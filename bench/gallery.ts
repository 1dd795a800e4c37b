import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createClient } from '@pix/contracts/client.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import { connect } from '@pix/db/client.ts'
import { findChromium } from '@pix/stack/testing/find-chromium.ts'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { chromium, type Page } from 'playwright-core'
import { fillEvent } from './fill-event.ts'
import { quantile } from './quantile.ts'

const { values } = parseArgs({
  options: { photos: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
})

/** A gallery of thousands of photos on a private shop: the list's p95, tiles in the DOM, script on the event page. */
async function main(): Promise<void> {
  const { stack, forget } = await startPrivateStack(true)
  try {
    const db = connect(stack.database.owner, { max: 1 })
    const event = await fillEvent(db, Number(values.photos))
    await db.execute('analyze')
    await db.$client.end()
    const list = await timeList(stack.url, event.id)
    const browser = await measurePages(stack.url, event.slug)
    const figures = { photos: Number(values.photos), ...list, ...browser }
    if (values.json) console.log(JSON.stringify(figures))
    else console.table(figures)
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

async function measurePages(url: string, slug: string): Promise<{ mostTiles: number; eventPageScriptKb: number }> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium on this machine (set PIX_CHROMIUM to its path)')
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const eventPageScriptKb = await scriptKb(page, `${url}/events/${slug}`)
    await page.goto(`${url}/events/${slug}/photos`)
    await page.getByRole('listitem').first().waitFor()
    return { eventPageScriptKb, mostTiles: await mostTilesWhileScrolling(page) }
  } finally {
    await browser.close()
  }
}

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
