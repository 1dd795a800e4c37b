import { parseArgs } from 'node:util'
import { findChromium } from '@pix/stack/testing/find-chromium.ts'
import { chromium, type Browser } from 'playwright-core'
import { quantile } from './quantile.ts'
import { measurePage, type PageFigures } from './web/measure-page.ts'
import { startShopOf, startThisShop, type Shop } from './web/shops.ts'

const { values } = parseArgs({
  options: {
    /**
     * A commit whose web is measured in the same run, visit by visit in turns with this one; or the address where its
     * shop runs already.
     */
    against: { type: 'string' },
    /** A running shop with the demo event, instead of one started here. */
    url: { type: 'string' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})

const SLUG = 'riverside-night-2026'
const PAGES = { home: '/', event: `/events/${SLUG}`, gallery: `/events/${SLUG}/photos` }
const CPUS = [1, 4]
/** Goals of spec/60, ms of LCP by how much slower the processor is. */
const GOAL_MS: Record<number, number> = { 1: 2_000, 4: 3_000 }

type Row = { shop: string; page: string; cpu: number; goal: string } & PageFigures & { largest: string }

/** First paint of home, event and gallery on a phone on slow 4G: the median of several first visits. */
async function main(): Promise<void> {
  const shops = await openShops()
  const browser = await openChromium()
  try {
    const rows: Row[] = []
    for (const [page, path] of Object.entries(PAGES))
      for (const cpu of CPUS) rows.push(...(await measureInTurns(browser, shops, page, path, cpu)))
    if (values.json) console.log(JSON.stringify(rows))
    else console.table(rows)
  } finally {
    await browser.close()
    for (const shop of shops) await shop.stop()
  }
}

async function openShops(): Promise<Shop[]> {
  const now = values.url ? runningShop('now', values.url) : await startThisShop()
  if (values.against === undefined) return [now]
  try {
    return [await openOther(values.against), now]
  } catch (error) {
    await now.stop()
    throw error
  }
}

const openOther = (against: string): Promise<Shop> | Shop =>
  against.startsWith('http') ? runningShop('before', against) : startShopOf(against)

const runningShop = (name: string, url: string): Shop => ({ name, url, stop: async () => undefined })

/** One visit to each shop after the other, so that a busy minute of this machine meets both. */
async function measureInTurns(
  browser: Browser,
  shops: Shop[],
  page: string,
  path: string,
  cpu: number,
): Promise<Row[]> {
  const visits = new Map(shops.map(shop => [shop, [] as Awaited<ReturnType<typeof measurePage>>[]]))
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const [shop, seen] of visits) seen.push(await measurePage(browser, shop.url + path, cpu))
    process.stderr.write('.')
  }
  return [...visits].map(([shop, seen]) => {
    const median = (name: keyof PageFigures) =>
      quantile(
        seen.map(visit => visit[name]),
        0.5,
      )
    const lcpMs = median('lcpMs')
    const figures = { fcpMs: median('fcpMs'), lcpMs, cls: median('cls') }
    const sizes = { requests: median('requests'), scriptKb: median('scriptKb'), fontKb: median('fontKb') }
    return {
      shop: shop.name,
      page,
      cpu,
      ...figures,
      goal: lcpMs < (GOAL_MS[cpu] ?? 0) ? 'met' : 'missed',
      ...sizes,
      totalKb: median('totalKb'),
      largest: seen.at(-1)?.element ?? '',
    }
  })
}

async function openChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium on this machine (set PIX_CHROMIUM to its path)')
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

await main()
