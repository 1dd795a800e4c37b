import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { shop } from './shop.ts'

/** Without these Chromium looks for its maker's servers at every start. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** Chromium starts as root only without its sandbox. */
const ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** @param cameraFilm a Motion JPEG file that plays the person before the camera */
export function openBrowser(cameraFilm?: string): Promise<Browser> {
  const camera = cameraFilm
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${cameraFilm}`,
      ]
    : []
  return chromium.launch({ executablePath: shop.chromium, args: [...QUIET, ...ROOT, ...camera] })
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
  options: {
    viewport?: { width: number; height: number }
    locale?: 'th' | 'en'
    /** Requests that a service worker has seen pass `page.route` by: only tests of the worker have one. */
    serviceWorker?: boolean
    baseURL?: string
  } = {},
): Promise<BrowserContext> {
  const { viewport = DESK, locale = 'th', serviceWorker = false, baseURL = shop.url } = options
  const context = await browser.newContext({
    baseURL,
    viewport,
    serviceWorkers: serviceWorker ? 'allow' : 'block',
    locale: locale === 'th' ? 'th-TH' : 'en-GB',
    permissions: ['camera'],
    acceptDownloads: true,
  })
  // A loaded machine is slow, not wrong.
  context.setDefaultTimeout(60_000)
  return context
}

/** A page whose reader chose English, which the words of most tests are in. */
export async function englishPage(person: BrowserContext): Promise<Page> {
  await person.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  return person.newPage()
}

/** The page believes that it is on mobile data: there no device reads a selfie by itself, it is sent. */
export const onMobileData = (page: Page) =>
  page.addInitScript(() => {
    const connection = { effectiveType: '4g', downlink: 10, saveData: false, type: 'cellular' }
    Object.defineProperty(navigator, 'connection', { get: () => connection })
  })

/** Content setting of Chromium: block. */
const BLOCK = 2

/** A person whose browser blocks all cookies, by the setting that people use for it: storage is blocked with them. */
export async function openWithoutCookies(viewport: { width: number; height: number }): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'thepixstock-e2e-'))
  await mkdir(join(profile, 'Default'))
  const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } }
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: shop.chromium,
    args: [...QUIET, ...ROOT],
    baseURL: shop.url,
    viewport,
    locale: 'th-TH',
  })
  context.setDefaultTimeout(60_000)
  return context
}
