import type { Page } from 'playwright-core'
import { quantile } from '../quantile.ts'

export interface Frames {
  frames: number
  p50Ms: number
  p95Ms: number
  longestMs: number
}

/** Notes when each frame of the page is drawn, until it is asked for them. */
const WATCH = `
  window.__frames = []
  window.__isWatched = true
  requestAnimationFrame(function note(at) {
    __frames.push(at)
    if (__isWatched) requestAnimationFrame(note)
  })`
const READ = 'window.__isWatched = false, window.__frames'

/** How far apart the frames of a page are while something happens there. At 60 a second they are 16.7 ms apart. */
export async function measureFrames(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(WATCH)
  await act()
  const drawn = (await page.evaluate(READ)) as number[]
  const apart = drawn.slice(1).map((at, before) => at - drawn[before]!)
  const rounded = (q: number) => Number(quantile(apart, q).toFixed(1))
  return { frames: apart.length, p50Ms: rounded(0.5), p95Ms: rounded(0.95), longestMs: rounded(1) }
}
