import type { LinkedOrder } from '@pix/contracts/order-access.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { browserEvents } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useOrderLink } = await import('./use-order-link.ts')

const orderOf = (more: Partial<LinkedOrder> = {}): LinkedOrder => ({
  orderId: null,
  number: 'PX-2026-000001',
  email: 'n•••@shop.example',
  code: null,
  nextCodeAt: null,
  ...more,
})
const code = (mail: 'queued' | 'sent', triesLeft = 5) => ({ mail, triesLeft, expiresAt: '2026-11-26T10:10:00Z' })
const problem = (code: string, status: number) =>
  Response.json({ code, status }, { status, headers: { 'content-type': 'application/problem+json' } })

/** What the api answers, by path; what was asked. */
let answers: Record<string, () => Response>
let asked: string[]
beforeEach(() => {
  asked = []
  browserEvents()
  vi.stubGlobal('fetch', async (url: string) => {
    const { pathname } = new URL(url, 'http://shop')
    asked.push(pathname)
    return answers[pathname]!()
  })
})
afterEach(() => vi.unstubAllGlobals())

const LINK = '/api/orders/link'
const open = (token = 'token') => {
  const gone = vi.fn<(orderId: string) => Promise<void>>(async () => undefined)
  return { ...effectScope().run(() => useOrderLink(token, gone))!, goOn: gone }
}

test('a link that lost its token asks nothing', () => {
  expect(open('').link.value).toEqual({ status: 'cut' })
  expect(asked).toEqual([])
})

test('a browser that may have the order goes on to it', async () => {
  answers = { [LINK]: () => Response.json(orderOf({ orderId: 'order-1' })) }
  const { goOn } = open()
  await vi.waitUntil(() => goOn.mock.calls.length > 0)
  expect(goOn).toHaveBeenCalledWith('order-1')
})

test('a link that opens nothing any more is gone, whatever was being done', async () => {
  answers = { [LINK]: () => problem('not_found', 404) }
  const first = open()
  await vi.waitUntil(() => first.link.value.status === 'gone')
  answers = { [LINK]: () => Response.json(orderOf()), [`${LINK}/code`]: () => problem('not_found', 404) }
  const second = open()
  await vi.waitUntil(() => second.link.value.status === 'shown')
  await second.sendCode()
  expect(second.link.value.status).toBe('gone')
})

test('after a wrong code the page shows how many tries are left', async () => {
  let left = 2
  answers = {
    [LINK]: () => Response.json(orderOf({ code: left > 0 ? code('sent', left) : null })),
    [`${LINK}/open`]: () => ((left -= 1), problem('order_code_wrong', 422)),
  }
  const { link, giveCode } = open()
  await vi.waitUntil(() => link.value.status === 'shown')
  await expect(giveCode('111111')).rejects.toMatchObject({ code: 'order_code_wrong' })
  expect(link.value).toMatchObject({ order: { code: { triesLeft: 1 } } })
  await expect(giveCode('111111')).rejects.toMatchObject({ code: 'order_code_wrong' })
  expect(link.value).toMatchObject({ order: { code: null } })
})

test('a code’s letter is followed until it has left, also after a request that failed', async () => {
  vi.useFakeTimers()
  try {
    answers = { [LINK]: () => Response.json(orderOf({ code: code('queued') })) }
    const { link } = open()
    await vi.waitUntil(() => link.value.status === 'shown')
    answers = { [LINK]: () => problem('unavailable', 503) }
    await vi.advanceTimersByTimeAsync(3_000)
    expect(link.value).toMatchObject({ order: { code: { mail: 'queued' } } })
    answers = { [LINK]: () => Response.json(orderOf({ code: code('sent') })) }
    await vi.advanceTimersByTimeAsync(3_000)
    await vi.waitUntil(() => link.value.status === 'shown' && link.value.order.code?.mail === 'sent')
    const before = asked.length
    await vi.advanceTimersByTimeAsync(30_000)
    expect(asked.length).toBe(before)
  } finally {
    vi.useRealTimers()
  }
})
