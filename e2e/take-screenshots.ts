import type { Order } from '@pix/contracts/orders.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { payTwice } from './pay-twice.ts'

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string', default: 'http://localhost:8080' },
    'sim-url': { type: 'string', default: 'http://localhost:8083' },
    event: { type: 'string', default: 'riverside-night-2026' },
    out: { type: 'string', default: 'docs/screenshots' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    /** The repository holds no picture of a person: documentation shows the pages with their photos blurred. */
    blur: { type: 'boolean', default: false },
    dark: { type: 'boolean', default: false },
    width: { type: 'string', multiple: true, default: ['360', '1440'] },
    locale: { type: 'string', multiple: true, default: ['th', 'en'] },
  },
})

/** Larger faces need a stronger blur. The QR shows nobody and gets none. */
const BLUR = `main img:not([alt*=QR]), video { filter: blur(12px) !important }
  section img, .frame img:not([alt*=QR]) { filter: blur(20px) !important }`

/** Walks the running demo shop as customer, photographer and admin, and keeps a picture of every page. */
async function main(): Promise<void> {
  mkdirSync(values.out, { recursive: true })
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: values.chromium, args })
  try {
    for (const locale of values.locale) for (const width of values.width) await walk(browser, locale, Number(width))
  } finally {
    await browser.close()
  }
}

async function walk(browser: Browser, locale: string, width: number): Promise<void> {
  const context = await browser.newContext({
    baseURL: values['base-url'],
    viewport: { width, height: width < 700 ? 780 : 900 },
    colorScheme: values.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  context.setDefaultTimeout(20_000)
  await context.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
  const page = await context.newPage()
  const shoot = shooter(page, `${locale}-${width}${values.dark ? '-dark' : ''}`)
  await shootShop(context, page, shoot)
  await shootWork(page, shoot)
  await context.close()
}

type Shoot = (name: string) => Promise<void>

const shooter =
  (page: Page, suffix: string): Shoot =>
  async name => {
    await page.waitForLoadState('networkidle').catch(() => undefined)
    await page.waitForTimeout(700)
    if (values.blur) await page.addStyleTag({ content: BLUR })
    await page.screenshot({ path: join(values.out, `${name}-${suffix}.jpg`), type: 'jpeg', quality: 72 })
    console.log(`${name}-${suffix}`)
  }

async function shootShop(context: BrowserContext, page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/')
  await page.locator('.mosaic img').nth(5).waitFor()
  await shoot('home')
  await page.goto(`/events/${values.event}`)
  await shoot('event')
  await page.goto(`/events/${values.event}/photos`)
  await page.getByRole('listitem').first().waitFor()
  await shoot('gallery')
  await page.goto(`/events/${values.event}/find-me`)
  // The switch once it has been decided, and the models are there.
  await page.getByRole('switch', { checked: true }).waitFor()
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 120_000 })
  await shoot('find-me-1')
  await page.getByRole('checkbox').check()
  await page.locator('img[src*="/demo/"]').first().click()
  await page.locator('[data-at]').first().waitFor()
  await shoot('find-me-3')
  await page.locator('.buybar button, [role=region] button').last().click()
  await page.waitForURL('**/cart')
  await page.locator('input[type=email]').first().fill('mali@example.com')
  await shoot('cart')
  await page
    .getByRole('button', { name: /PromptPay|พร้อมเพย์/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.waitForURL('**/checkout/payment/*')
  await page.getByRole('img', { name: /QR/ }).waitFor()
  await shoot('payment')
  const orderNumber = /PX-\d{4}-\d{6}/.exec(await page.locator('body').innerText())?.[0]
  await payAtTheBank(context, values['sim-url'], orderNumber ?? '')
  await page.waitForURL('**/checkout/success/*')
  await shoot('success')
  await shootKeptMoney(context, page, shoot)
}

/** A photo that is not bought yet, bought and then paid for once more by the QR of an order that was given up. */
async function shootKeptMoney(context: BrowserContext, page: Page, shoot: Shoot): Promise<void> {
  const { items: orders } = (await (await page.request.get('/api/orders')).json()) as { items: Order[] }
  const bought = new Set(orders.flatMap(order => order.events.flatMap(({ photos }) => photos.map(photo => photo.id))))
  const { items } = (await (
    await page.request.get(`/api/events/${orders[0]?.events[0]?.event.id}/photos?limit=100`)
  ).json()) as {
    items: { id: string }[]
  }
  const photo = items.find(({ id }) => !bought.has(id))
  if (!photo) throw new Error('every photo of the event is bought')
  const { payment } = await payTwice(context, page, values['sim-url'], photo.id)
  await page.goto(`/checkout/payment/${payment.id}`)
  await page
    .getByRole('status')
    .filter({ hasText: payment.orderNumber.slice(-6) })
    .waitFor()
  await shoot('kept-money')
}

async function shootWork(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/login')
  await shoot('login')
  await page.locator('input[type=email]').fill('admin@demo.thepixstock.test')
  await page.locator('input[type=password]').fill('demo-pixstock-2026')
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname !== '/login')
  await shoot('approve-events')
  const { items } = (await (await page.request.get(`/api/events?text=`)).json()) as {
    items: { id: string; slug: string }[]
  }
  const id = items.find(event => event.slug === values.event)?.id
  await page.goto(`/admin/events/${id}/approve`)
  // On the demo event everything is approved already.
  await page
    .getByRole('button', { name: /ขึ้นขายแล้ว|On sale/ })
    .first()
    .click()
  await shoot('approve')
  await page.goto(`/admin/events/${id}/people`)
  const ask = page.getByRole('button', { name: /จัดกลุ่มคน|Group the people/ })
  const first = page.getByRole('main').getByRole('listitem').first()
  await ask.or(first).waitFor()
  if (await ask.isVisible()) await ask.click()
  await first.locator('img[src^="blob:"]').waitFor({ timeout: 120_000 })
  await shoot('people')
  await page.goto(`/photographer/events/${id}/upload`)
  await shoot('upload')
  await page.goto('/admin/revenue')
  await page.locator('canvas, table').first().waitFor()
  await shoot('revenue')
}

await main()
