import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESK, newPerson, onMobileData, openBrowser, PHONE } from './browser.ts'
import { signIn } from './crew.ts'
import { makeSelfie } from './sample-photos.ts'
import { violationsOf } from './violations.ts'

const SLUG = 'riverside-night-2026'
const DEMO = `/events/${SLUG}`
const PAGES = [
  '/',
  DEMO,
  `${DEMO}/photos`,
  `${DEMO}/find-me`,
  '/cart',
  '/login',
  '/login/code',
  '/register',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/unlock',
  '/setup',
  '/invitation',
  '/join',
  '/help',
  '/help/photographers',
  '/status',
  '/privacy',
  '/terms',
  '/privacy/me',
  '/my-photos',
  '/favourites',
  '/p/nobody',
  '/orders/open',
  '/gift',
  '/letters',
  '/no-such-page',
]

let browser: Browser
let selfie: string

beforeAll(async () => {
  browser = await openBrowser()
  selfie = await makeSelfie('small')
})
afterAll(() => browser?.close())

describe.each([
  { locale: 'th', viewport: PHONE, colorScheme: 'light' },
  { locale: 'en', viewport: DESK, colorScheme: 'dark' },
] as const)('axe finds nothing in $locale at $viewport.width px, $colorScheme', look => {
  test.concurrent('on the pages anybody can open', async () => {
    await using person = await newPerson(browser, look)
    const page = await openPage(person, look)
    const found: string[] = []
    for (const path of PAGES) {
      await page.goto(path, { waitUntil: 'networkidle' })
      found.push(...(await violationsOn(page, page.locator('h1').first())))
    }
    expect(found).toEqual([])
  })

  test.concurrent('from the photos found to the QR', async () => {
    await using person = await newPerson(browser, look)
    const page = await openPage(person, look)
    // On mobile data the selfie is sent: what is looked at here is the pages, not the phone's reading.
    await onMobileData(page)
    await page.goto(`${DEMO}/find-me`)
    await page.getByRole('switch', { checked: false }).waitFor()
    await page.getByRole('checkbox').check()
    await page.locator('input[type=file]').setInputFiles(selfie)
    const found = await violationsOn(page, page.getByRole('heading', { name: /เจอคุณ|We found/ }))

    await page.getByRole('button', { name: /^เอาครบ|^All \d/ }).click()
    await page.waitForURL('**/cart')
    const email = page.locator('input[type=email]')
    found.push(...(await violationsOn(page, email)))

    await email.fill('axe@example.com')
    await page
      .getByRole('button', { name: /PromptPay|พร้อมเพย์/ })
      .filter({ visible: true })
      .first()
      .click()
    await page.waitForURL('**/checkout/payment/*')
    found.push(...(await violationsOn(page, page.getByRole('img', { name: /QR/ }))))
    expect(found).toEqual([])
  })

  test.concurrent('on the pages of the crew', async () => {
    await using person = await newPerson(browser, look)
    const page = await openPage(person, look)
    await signIn(page, 'admin')
    const { id } = (await (await page.request.get(`/api/events/${SLUG}`)).json()) as { id: string }
    const main = page.getByRole('main')
    const pages: [string, Locator][] = [
      ['/admin', main.getByRole('link')],
      ['/admin/events', main.getByRole('row')],
      ['/admin/events/new', main.getByRole('textbox')],
      [`/admin/events/${id}`, main.getByRole('switch')],
      ['/admin/orders', main.getByRole('searchbox')],
      ['/admin/approve', main.getByRole('listitem')],
      [`/admin/events/${id}/approve`, page.getByRole('button', { name: /^ขึ้นขายแล้ว|^On sale/ })],
      [`/admin/events/${id}/photos`, main.getByRole('checkbox')],
      [`/admin/events/${id}/people`, main.getByRole('listitem').or(main.getByRole('button'))],
      ['/admin/people', main.getByRole('listitem')],
      ['/admin/studio', main.getByRole('textbox')],
      ['/admin/members', main.getByRole('row')],
      ['/admin/packages', main.getByRole('switch').or(main.getByRole('button'))],
      ['/admin/coupons', main.getByRole('button')],
      ['/admin/studios', main.getByRole('textbox')],
      ['/keep-two-factor', main.getByRole('button')],
      ['/admin/split', main.getByText(/กติกาทั้งหมด|All rules/)],
      ['/photographer', main.getByText(/การจ่ายเงินครั้งต่อไป|Next payout/)],
      ['/photographer/events', main.getByRole('searchbox')],
      ['/photographer/letters', main.getByRole('switch')],
      ['/organizer/letters', main.getByRole('switch')],
      ['/photographer/earnings', main.getByText(/ยอดที่ยังไม่ได้รับ|Not yet paid out/)],
      ['/admin/revenue', page.locator('canvas').or(main.getByText(/ยังไม่มียอดขายในช่วงนี้|No sales in this period/))],
      ['/photographer/payouts', main.getByRole('button')],
      ['/admin/payouts', main.getByRole('button')],
      ['/admin/ledger', main.getByRole('table').or(main.getByText(/ไม่มีรายการในช่วงนี้|Nothing was posted/))],
      ['/admin/documents', main.getByRole('button')],
      ['/admin/seller', main.getByRole('textbox')],
      ['/admin/inbox', main.getByRole('heading', { level: 1 })],
      ['/admin/users', main.getByRole('row')],
      ['/admin/queues', main.getByRole('row')],
      ['/admin/settings', main.getByRole('button')],
      ['/admin/status', main.getByRole('button')],
      ['/admin/limits', main.getByText('LIMIT_PEOPLE_PER_DAY')],
      ['/admin/letters', main.getByRole('link', { name: /ชำระเงินแล้ว|Paid, ready/ })],
      ['/admin/letters/order_paid', main.locator('iframe')],
      ['/admin/refused-addresses', main.getByRole('searchbox')],
      ['/admin/audit', main.locator('summary')],
      ['/admin/keys', main.locator('input[name=password]')],
      ['/account', main.locator('input[name=name]')],
      ['/account/password', main.locator('input[name=password]').first()],
      ['/account/two-factor', main.locator('input[name=password]')],
      ['/account/orders', main.getByRole('heading', { level: 1 })],
      ['/account/devices', main.getByRole('listitem')],
      [`/photographer/events/${id}/cameras`, main.getByRole('button')],
      [`/photographer/events/${id}/upload`, page.getByText(/งานนี้มีรูปแล้ว|already has/)],
    ]
    const found: string[] = []
    for (const [path, ready] of pages) {
      await page.goto(path)
      found.push(...(await violationsOn(page, ready.first())))
    }
    expect(found).toEqual([])
  })
})

async function openPage(
  person: BrowserContext,
  { locale, colorScheme }: { locale: string; colorScheme: 'light' | 'dark' },
): Promise<Page> {
  const page = await person.newPage()
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
  return page
}

/** One line per violation: where, which rule, on what. */
async function violationsOn(page: Page, ready: Locator): Promise<string[]> {
  await ready.waitFor({ timeout: 300_000 })
  const { pathname } = new URL(page.url())
  return (await violationsOf(page)).map(violation => `${pathname} ${violation}`)
}
