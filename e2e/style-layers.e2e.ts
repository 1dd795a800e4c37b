import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test('components keep their gutters whichever stylesheet comes first, and no page begins with the overlays', async () => {
  await using person = await newPerson(browser, { viewport: PHONE })
  const page = await person.newPage()
  const html = await (await page.request.get('/login')).text()
  // The sheet that names a layer first gives it its place. It must not be a sheet that has only components.
  expect(html).toMatch(/@layer properties,\s*theme,\s*base,\s*components,\s*utilities;[\s\S]*<link rel="stylesheet"/)
  for (const later of ['overlay', 'checkout', 'work', 'find']) expect(html).not.toContain(`assets/${later}-`)
  for (const path of ['/', '/events/riverside-night-2026', '/login']) {
    await page.goto(path)
    const wrap = page.getByRole('main').locator('.wrap').first()
    expect(await wrap.evaluate(element => Number.parseFloat(getComputedStyle(element).paddingLeft))).toBeGreaterThan(0)
  }
})
