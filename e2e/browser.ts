import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { shop } from './shop.ts'

/** Without these Chromium looks for its maker's servers at every start. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** @param cameraFilm a Motion JPEG file that plays the person before the camera */
export function openBrowser(cameraFilm?: string): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const camera = cameraFilm
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${cameraFilm}`,
      ]
    : []
  return chromium.launch({ executablePath: shop.chromium, args: [...QUIET, ...root, ...camera] })
}

export const PHONE = { width: 360, height: 780 }
export const DESK = { width: 1440, height: 900 }

/** Seconds of CPU that pages and their workers have used so far. */
export async function pageCpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

/** A person of their own: no cookies of anybody else. */
export async function newPerson(
  browser: Browser,
  options: { viewport?: { width: number; height: number }; locale?: 'th' | 'en' } = {},
): Promise<BrowserContext> {
  const { viewport = DESK, locale = 'th' } = options
  const context = await browser.newContext({
    baseURL: shop.url,
    viewport,
    locale: locale === 'th' ? 'th-TH' : 'en-GB',
    permissions: ['camera'],
    acceptDownloads: true,
  })
  // A loaded machine is slow, not wrong.
  context.setDefaultTimeout(60_000)
  return context
}
