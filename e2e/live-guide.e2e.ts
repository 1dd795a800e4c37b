import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { newPerson, openBrowser, PHONE } from './browser.ts'
import { engineOfEvent } from './event-engine.ts'
import { makeFilm } from './sample-photos.ts'

const FIND_ME = '/events/riverside-night-2026/find-me'
/** The engine is loaded and looks: seconds, or minutes where others work too. */
const LONG = 300_000

/** face-api's detector is too slow for several looks a second. */
const guides = (await engineOfEvent('riverside-night-2026')) === 'sface'
const note = guides ? '' : ' [skipped: this shop read its photos with face-api]'

const filmed = async (film: Parameters<typeof makeFilm>[0]): Promise<Browser> => openBrowser(await makeFilm(film))

/** Find-me with the camera open; what it asked for since lands in `requests`. */
async function openCamera(person: BrowserContext, line: 'wifi' | 'cellular', language: 'th' | 'en' = 'th') {
  const page = await person.newPage()
  await page.addInitScript(chosen => localStorage.setItem('pix_locale', chosen), language)
  const requests: Request[] = []
  await page.addInitScript(type => {
    const connection = { effectiveType: '4g', downlink: 10, saveData: false, type }
    Object.defineProperty(navigator, 'connection', { get: () => connection })
  }, line)
  page.on('request', request => requests.push(request))
  await page.goto(FIND_ME)
  await page.getByRole('checkbox').check()
  await page.locator('video').waitFor()
  return { page, requests }
}

const camera = (page: Page) => page.locator('.cam')
const looked = (page: Page, how: 'light' | 'faces') =>
  camera(page)
    .and(page.locator(`[data-looked=${how}]`))
    .waitFor({ timeout: LONG })
const isFound = (page: Page) => camera(page).getAttribute('data-found')
const says = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor({ timeout: LONG })
/** px that the corners stand outside of their place. */
const corners = (page: Page) =>
  page.locator('.cam .target').evaluate(frame => getComputedStyle(frame, '::before').inset)

describe.skipIf(!guides)(`a guide with eyes${note}`, () => {
  test('the corners close on a face that this device found, and no frame leaves it', async () => {
    await using browser = await filmed('face')
    await using person = await newPerson(browser, { viewport: PHONE })
    const { page, requests } = await openCamera(person, 'wifi')
    await says(page, 'ดีมาก อยู่นิ่ง ๆ')
    expect(await isFound(page)).toBe('true')
    await page.waitForFunction(() => {
      const frame = document.querySelector('.cam .target')
      return frame !== null && getComputedStyle(frame, '::before').inset === '0px'
    })
    expect(requests.filter(request => request.postData() !== null)).toEqual([])
    await page.getByRole('checkbox').uncheck()
    await page.getByText('ติ๊กยินยอมก่อน').waitFor()
    expect(await isFound(page)).toBe('false')
  })

  test('a wall is looked at and nothing is promised', async () => {
    await using browser = await filmed('wall')
    await using person = await newPerson(browser, { viewport: PHONE })
    const { page } = await openCamera(person, 'wifi')
    await looked(page, 'faces')
    await says(page, 'มองตรงที่กล้อง')
    expect([await isFound(page), await corners(page)]).toEqual(['false', '-12px'])
  })

  test.each([
    ['a face far away is asked to come closer', 'far', 'ขยับเข้ามาอีกนิด', 'Come a little closer'],
    ['of two people one is asked to be alone', 'two', 'ให้เห็นคุณคนเดียว', 'One face at a time'],
  ] as const)('%s, in both languages', async (_, film, thai, english) => {
    await using browser = await filmed(film)
    for (const [language, sentence] of [
      ['th', thai],
      ['en', english],
    ] as const) {
      await using person = await newPerson(browser, { viewport: PHONE })
      const { page } = await openCamera(person, 'wifi', language)
      await says(page, sentence)
      expect(await isFound(page)).toBe('false')
    }
  })

  test('who wants less motion sees the corners closed, not closing', async () => {
    await using browser = await filmed('face')
    await using person = await newPerson(browser, { viewport: PHONE })
    const page = await person.newPage()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(FIND_ME)
    await page.getByRole('checkbox').check()
    const duration = await page
      .locator('.cam .target')
      .evaluate(frame => getComputedStyle(frame, '::before').transitionDuration)
    expect(duration).toBe('0s')
  })
})

test('without the engine the guide stays still before a face, and nothing is loaded for it', async () => {
  await using browser = await filmed('face')
  await using person = await newPerson(browser, { viewport: PHONE })
  const { page, requests } = await openCamera(person, 'cellular')
  await looked(page, 'light')
  await says(page, 'มองตรงที่กล้อง')
  expect([await isFound(page), await corners(page)]).toEqual(['false', '-12px'])
  expect(requests.filter(request => /\/models\/|worker/.test(request.url()))).toEqual([])
})
