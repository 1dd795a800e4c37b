import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'
import { violationsOf } from './violations.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** The demo's event of November in Bangkok. */
const RIVERSIDE = /คืนริมน้ำ 2026|Riverside Night 2026/

const WORDS = {
  th: { month: 'เดือนของงาน', province: 'จังหวัด', bangkok: 'กรุงเทพมหานคร', november: 'พฤศจิกายน 2569', tak: 'ตาก' },
  en: { month: 'Month of the event', province: 'Province', bangkok: 'Bangkok', november: 'November 2026', tak: 'Tak' },
} as const

const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

test.each([
  { locale: 'th', viewport: PHONE },
  { locale: 'en', viewport: DESK },
] as const)(
  'events are narrowed to a month and a province; a link and the Back key keep both, and an empty list leads back to all ($locale, $viewport.width px)',
  async ({ locale, viewport }) => {
    await using person = await newPerson(browser, { locale, viewport })
    const page = await person.newPage()
    await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
    const words = WORDS[locale]
    const list = page.locator('#events')
    const month = list.getByRole('combobox', { name: words.month })
    const province = list.getByRole('combobox', { name: words.province })
    const riverside = list.getByRole('link', { name: RIVERSIDE })

    await page.goto('/')
    await month.getByRole('option', { name: words.november }).waitFor({ state: 'attached' })
    expect(await province.getByRole('option', { name: words.tak }).count()).toBe(0)
    await month.selectOption('2026-11')
    await page.waitForURL(url => url.searchParams.get('month') === '2026-11')
    const counted = new RegExp(`^${words.bangkok} \\(\\d+\\)$`)
    await province.getByRole('option', { name: counted }).waitFor({ state: 'attached' })
    await province.selectOption('กรุงเทพมหานคร')
    await page.waitForURL(url => url.searchParams.get('province') === 'กรุงเทพมหานคร')
    await list.getByRole('status').getByText(/\d/).waitFor()
    const narrowed = queryOf(page)
    expect(await violationsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)

    await riverside.click()
    await page.waitForURL('**/events/riverside-night-2026')
    await page.goBack()
    await riverside.waitFor()
    expect(queryOf(page)).toEqual(narrowed)
    await page.reload()
    await riverside.waitFor()
    expect([await month.inputValue(), await province.inputValue()]).toEqual(['2026-11', 'กรุงเทพมหานคร'])

    await page.goto(`/?month=2026-11&province=${encodeURIComponent('ตาก')}`)
    await province.getByRole('option', { name: words.tak, exact: true }).waitFor({ state: 'attached' })
    await list.getByText(/^(ยังไม่มีงานแบบนี้|No event like this yet)$/).waitFor()
    await list.getByRole('button', { name: /^(ดูทุกงาน|All events)$/ }).click()
    await riverside.waitFor()
    expect([queryOf(page), await month.inputValue(), await province.inputValue()]).toEqual([{}, '', ''])
  },
)

test('popular events are another order of the same list, kept by the address', async () => {
  await using person = await newPerson(browser, { locale: 'en' })
  const page = await person.newPage()
  await page.addInitScript(() => localStorage.setItem('pix_locale', 'en'))
  await page.goto('/')
  const list = page.locator('#events')
  const [answer] = await Promise.all([
    page.waitForResponse(response => new URL(response.url()).searchParams.get('order') === 'popular'),
    list.getByRole('button', { name: 'Popular events' }).click(),
  ])
  expect(answer.status()).toBe(200)
  await list.getByRole('heading', { name: 'Popular events' }).waitFor()
  await list.getByRole('link', { name: RIVERSIDE }).waitFor()
  expect(queryOf(page)).toEqual({ order: 'popular' })
  await list.getByRole('button', { name: 'Latest events' }).click()
  await list.getByRole('heading', { name: 'Latest events' }).waitFor()
  expect(queryOf(page)).toEqual({})
})
