import type { Downloads, Order } from '@pix/contracts/orders.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../../shell/words-testing.ts')
const { useDownloads } = await import('./use-downloads.ts')
const { boughtParts } = await import('./bought-parts.ts')

const link = (id: string) => ({ id, slug: id, name: { th: id, en: id } })
const photo = (id: string, eventId: string) => ({
  id,
  eventId,
  width: 3,
  height: 2,
  takenAt: null,
  placeholder: null,
  averageColor: null,
})
const free = { lines: [], total: { amount: 0, currency: 'THB' as const }, photos: 2 }

/** A paid order of two events with two photos each; those named are its buyer's. */
const orderOf = (mine: readonly string[], status: Order['status'] = 'fulfilled'): Order => ({
  id: 'order-1',
  number: 'PX-2026-000001',
  status,
  email: 'a@shop.example',
  mayCorrectEmail: true,
  mail: 'sent',
  events: ['run', 'fair'].map(id => ({
    event: link(id),
    offer: free,
    photos: [`${id}-1`, `${id}-2`].map(one => ({ ...photo(one, id), bought: mine.includes(one) })),
  })),
  coupon: null,
  total: free.total,
  createdAt: '2026-11-26T10:00:00Z',
  expiresAt: '2026-11-26T10:15:00Z',
  paidAt: '2026-11-26T10:01:00Z',
  paymentId: null,
  keptMoney: null,
  takesTransfers: false,
  document: null,
})
const ALL = ['run-1', 'run-2', 'fair-1', 'fair-2']

const downloadsOf = (files: Record<string, string[]>): Downloads => ({
  orderId: 'order-1',
  number: 'PX-2026-000001',
  until: '2026-12-26T10:00:00Z',
  mail: 'sent',
  events: Object.entries(files).map(([id, ids]) => ({
    event: link(id),
    photos: ids.map(one => ({
      photo: photo(one, id),
      fileName: one,
      bytes: 9,
      sha256: '',
      url: '',
      preview: 'ready' as const,
      jpegs: ['share' as const],
    })),
    archive: { state: 'expired', progress: 1, bytes: null, url: null },
  })),
})

/** A `fetch` in place of the api: the order's states, one per request, and its downloads; null is none. */
let orders: Order[]
let downloads: Downloads | null
let asked: string[]
beforeEach(() => {
  downloads = downloadsOf({ run: ['run-1', 'run-2'], fair: ['fair-1', 'fair-2'] })
  asked = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    if (path === '/api/orders/order-1') return Response.json(orders.length > 1 ? orders.shift() : orders[0])
    return downloads ? Response.json(downloads) : Response.json({ code: 'not_found', status: 404 }, { status: 404 })
  })
})
afterEach(() => vi.unstubAllGlobals())

const open = () => effectScope().run(() => useDownloads(() => 'order-1'))!

test('an order whose photos were all taken back is known as such, by its number, and no downloads are asked for', async () => {
  orders = [orderOf([])]
  const { purchase } = open()
  await expect.poll(() => purchase.value).toMatchObject({ status: 'taken_back', order: { number: 'PX-2026-000001' } })
  expect(asked).toEqual(['GET /api/orders/order-1'])
})

test('an order whose photos are taken back while its page opens is no unknown order', async () => {
  orders = [orderOf(ALL), orderOf([])]
  downloads = null
  const { purchase } = open()
  await expect.poll(() => purchase.value.status).toBe('taken_back')
})

test('an order whose time for downloads is over is no unknown order', async () => {
  orders = [orderOf(ALL)]
  downloads = null
  const { purchase } = open()
  await expect.poll(() => purchase.value.status).toBe('ended')
})

test('an order that was refunded when its ZIP is asked for again is shown as refunded', async () => {
  orders = [orderOf(ALL)]
  const { purchase, rebuild } = open()
  await expect.poll(() => purchase.value).toMatchObject({ status: 'paid', downloads: { number: 'PX-2026-000001' } })
  orders = [orderOf([], 'refund_pending')]
  downloads = null
  await rebuild()
  expect(purchase.value.status).toBe('refunded')
})

const shown = (order: Order, had: Downloads | null) =>
  boughtParts(order, had).map(({ photos, takenBack, before }) => [photos.map(({ id }) => id), takenBack, before])

test('the page counts what is still its buyer’s: as the order says, then as the downloads name it', () => {
  const order = orderOf(['run-2', 'fair-1', 'fair-2'])
  const mine = [
    [['run-2'], 1, 0],
    [['fair-1', 'fair-2'], 0, 1],
  ]
  expect(shown(order, null)).toEqual(mine)
  expect(shown(order, downloadsOf({ run: ['run-2'], fair: ['fair-1', 'fair-2'] }))).toEqual(mine)
  expect(shown(order, downloadsOf({ fair: ['fair-2'] }))).toEqual([
    [[], 2, 0],
    [['fair-2'], 1, 0],
  ])
})
