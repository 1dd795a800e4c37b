import type { OpenedGift } from '@pix/contracts/gifts.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { browserEvents } from '../../base/browser-testing.ts'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { useGift } = await import('./use-gift.ts')

const GIFT: OpenedGift = { giver: 'Nok', note: null, until: '2026-12-26T10:00:00Z', events: [] }
const refusal = (status: number, code: string) => () => Response.json({ status, code }, { status })

/** A `fetch` in place of the api: one answer after the other. */
let answers: (() => Response)[]
let asked: string[]
beforeEach(() => {
  asked = []
  browserEvents()
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return answers.shift()!()
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const open = (token = 'a-token') => effectScope().run(() => useGift(token))!
const isOpen = () => Response.json(GIFT)

test('an address without a token asks for nothing, and a link that opens nothing is known as such', async () => {
  answers = [refusal(404, 'not_found')]
  expect(open('').link.value).toEqual({ status: 'cut' })
  expect(asked).toEqual([])
  const { link } = open()
  await expect.poll(() => link.value.status).toBe('over')
})

test('a gift that could not be read is asked for again, and stays on the screen when a later reading fails', async () => {
  answers = [refusal(503, 'unavailable'), isOpen, refusal(503, 'unavailable')]
  vi.useFakeTimers({ toFake: ['Date'] })
  const { link, load, pictureFailed } = open()
  await expect.poll(() => link.value.status).toBe('failed')
  await load()
  expect(link.value).toEqual({ status: 'open', gift: GIFT })
  // Its picture's link cannot have ended yet.
  await pictureFailed()
  expect(asked).toHaveLength(2)
  vi.setSystemTime(Date.now() + 6 * 60_000)
  await pictureFailed()
  expect([asked.length, link.value.status]).toEqual([3, 'open'])
})

test('a download of a gift that was withdrawn meanwhile turns the page; one that is used up does not', async () => {
  answers = [isOpen, refusal(410, 'link_used_up'), refusal(404, 'not_found'), refusal(404, 'not_found')]
  const { link, urlOf } = open()
  await expect.poll(() => link.value.status).toBe('open')
  await expect(urlOf('a', 'original')).rejects.toMatchObject({ code: 'link_used_up' })
  expect(link.value.status).toBe('open')
  await expect(urlOf('a', 'share')).rejects.toMatchObject({ code: 'not_found' })
  expect(link.value.status).toBe('over')
})
