import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, newPerson, openBrowser, PHONE } from './browser.ts'

const DEMO = '/events/riverside-night-2026'
const PAGES = ['/', DEMO, `${DEMO}/photos`, `${DEMO}/find-me`, '/cart', '/login']

let browser: Browser
let axe: string

beforeAll(async () => {
  browser = await openBrowser()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(() => browser?.close())

test.each([
  { locale: 'th', viewport: PHONE, colorScheme: 'light' },
  { locale: 'en', viewport: DESK, colorScheme: 'dark' },
] as const)(
  'axe finds nothing in $locale at $viewport.width px, $colorScheme',
  async ({ locale, viewport, colorScheme }) => {
    await using person = await newPerson(browser, { viewport, locale })
    const page = await person.newPage()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.addInitScript(wanted => localStorage.setItem('pix_locale', wanted), locale)
    const found: string[] = []
    for (const path of PAGES) found.push(...(await violationsOf(page, path)))
    expect(found).toEqual([])
  },
)

/** One line per violation: where, which rule, on what. */
async function violationsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.locator('h1').first().waitFor()
  // By evaluate, since the page's policy lets no foreign script tag in.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}
