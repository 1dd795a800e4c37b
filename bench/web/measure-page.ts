import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

/** Slow 4G as the goals of spec/60 name it. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const QUIET_MS = 2_500
const LIMIT_MS = 40_000

export interface PageFigures {
  fcpMs: number
  lcpMs: number
  cls: number
  /** Bytes over the wire until nothing more came, kB. */
  totalKb: number
  scriptKb: number
  fontKb: number
  requests: number
  /** The longest of the touches and keys of the visit, ms: from the finger to the next picture. 0: all took under 16 ms. */
  inpMs: number
}

/** A page as a visitor comes to it and uses it. */
export interface Visited {
  path: string
  /** What the visitor did before: photos in the cart. */
  prepare?: (context: BrowserContext, origin: string) => Promise<void>
  /** What the visitor does there. */
  use: (page: Page) => Promise<void>
}

/** Noted in the page itself, from its first moment on. */
const OBSERVE = `
  window.__paint = { fcp: 0, lcp: 0, cls: 0, inp: 0, element: '' }
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') __paint.fcp = entry.startTime
  }).observe({ type: 'paint', buffered: true })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      __paint.lcp = entry.startTime
      __paint.element = (entry.element?.tagName ?? '') + ' ' + (entry.url || entry.element?.textContent?.trim().slice(0, 40) || '')
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) __paint.cls += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (entry.interactionId) __paint.inp = Math.max(__paint.inp, entry.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

interface Paint {
  fcp: number
  lcp: number
  cls: number
  inp: number
  element: string
}

/**
 * Opens a page as a first visitor with an empty cache does, on a phone whose processor is `cpu` times slower than this one,
 * and uses it once all has come.
 *
 * @param origin of the shop
 * @param isUsed false: what the visitor does there is left out, as another commit's page may not have it
 */
export async function measurePage(
  browser: Browser,
  origin: string,
  { path, prepare, use }: Visited,
  cpu: number,
  isUsed: boolean,
): Promise<PageFigures & { element: string }> {
  const context = await browser.newContext({ ...PHONE, baseURL: origin, locale: 'th-TH', serviceWorkers: 'block' })
  try {
    await prepare?.(context, origin)
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', SLOW_4G)
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
    await page.addInitScript(OBSERVE)
    const traffic = watchTraffic(session)
    await page.goto(path, { waitUntil: 'commit' })
    const painted = async () => (await page.evaluate('window.__paint')) as Paint
    await traffic.quiet(async () => (await painted()).lcp > 0)
    // A touch ends the search for the largest picture, and what moves after it is no shift.
    const { fcp, lcp, cls, element } = await painted()
    const sums = traffic.sums()
    if (isUsed) await use(page)
    const { inp } = await painted()
    const figures = { fcpMs: Math.round(fcp), lcpMs: Math.round(lcp), cls: Number(cls.toFixed(4)) }
    return { ...figures, ...sums, inpMs: Math.round(inp), element }
  } finally {
    await context.close()
  }
}

const kb = (bytes: number): number => Math.round(bytes / 1000)

/** Counts what comes over the wire. Streams that never end do not count as traffic. */
function watchTraffic(session: CDPSession) {
  const open = new Set<string>()
  const types = new Map<string, string>()
  const bytes: Record<string, number> = {}
  let requests = 0
  let lastAt = performance.now()
  const ended = (id: string) => {
    open.delete(id)
    lastAt = performance.now()
  }
  session.on('Network.requestWillBeSent', ({ requestId, type = 'Other', request }) => {
    if (!request.url.startsWith('http')) return
    requests += 1
    open.add(requestId)
    types.set(requestId, type)
    lastAt = performance.now()
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? 'Other'
    bytes[type] = (bytes[type] ?? 0) + encodedDataLength
    ended(requestId)
  })
  session.on('Network.loadingFailed', ({ requestId }) => ended(requestId))
  return {
    /** Until nothing has come for a while, and something was painted. */
    async quiet(painted: () => Promise<boolean>) {
      const began = performance.now()
      while (performance.now() - began < LIMIT_MS) {
        await sleep(200)
        const still = requests > 0 && open.size === 0 && performance.now() - lastAt > QUIET_MS
        if (still && (await painted())) return
      }
    },
    sums: () => ({
      requests,
      totalKb: kb(Object.values(bytes).reduce((sum, one) => sum + one, 0)),
      scriptKb: kb(bytes['Script'] ?? 0),
      fontKb: kb(bytes['Font'] ?? 0),
    }),
  }
}
