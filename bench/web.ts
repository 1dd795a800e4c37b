import { parseArgs } from 'node:util'
import { findChromium } from '@pix/stack/testing/find-chromium.ts'
import { chromium, type Browser } from 'playwright-core'
import { quantile } from './quantile.ts'
import { measurePage, type PageFigures, type Visited } from './web/measure-page.ts'
import { startShopOf, startThisShop, type Shop } from './web/shops.ts'
import { PAGES } from './web/visited-pages.ts'

const { values } = parseArgs({
  options: {
    /**
     * A commit whose web is measured in the same run, visit by visit in turns with this one; or the address where its
     * shop runs already.
     */
    against: { type: 'string' },
    /** A running shop with the demo event, instead of one started here. */
    url: { type: 'string' },
    page: { type: 'string', multiple: true, default: Object.keys(PAGES) },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})

const CPUS = [1, 4]
/** Goals of spec/60: ms of LCP by how much slower the processor is, layout shift, ms of the longest touch. */
const LCP_GOAL_MS: Record<number, number> = { 1: 2_000, 4: 3_000 }
const CLS_GOAL = 0.05
const INP_GOAL_MS = 200

type Row = { shop: string; page: string; cpu: number; goal: string } & PageFigures & { largest: string }

/** First paint, shifts and touches of the shop's pages on a phone on slow 4G: the median of several first visits. */
async function main(): Promise<void> {
  const shops = await openShops()
  const browser = await openChromium()
  try {
    const rows: Row[] = []
    for (const page of values.page)
      for (const cpu of CPUS) rows.push(...(await measureInTurns(browser, shops, page, PAGES[page]!, cpu)))
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
  visited: Visited,
  cpu: number,
): Promise<Row[]> {
  const visits = new Map(shops.map(shop => [shop, [] as Awaited<ReturnType<typeof measurePage>>[]]))
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const [shop, seen] of visits)
      seen.push(await measurePage(browser, shop.url, visited, cpu, shop.name === 'now'))
    process.stderr.write('.')
  }
  return [...visits].map(([shop, seen]) => {
    const median = (name: keyof PageFigures) =>
      quantile(
        seen.map(visit => visit[name]),
        0.5,
      )
    const [lcpMs, cls, inpMs] = [median('lcpMs'), median('cls'), median('inpMs')]
    const isMet = lcpMs < (LCP_GOAL_MS[cpu] ?? 0) && cls < CLS_GOAL && inpMs < INP_GOAL_MS
    const figures = { fcpMs: median('fcpMs'), lcpMs, cls, inpMs }
    const sizes = { requests: median('requests'), scriptKb: median('scriptKb'), fontKb: median('fontKb') }
    return {
      shop: shop.name,
      page,
      cpu,
      ...figures,
      goal: isMet ? 'met' : 'missed',
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
