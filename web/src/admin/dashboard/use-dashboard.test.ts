import { baht } from '@pix/contracts/common.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useDashboard } from './use-dashboard.ts'

const paid = (id: string) => ({
  kind: 'paid' as const,
  id,
  at: '2026-11-26T10:00:00.000Z',
  number: id,
  total: baht(100),
  photos: 1,
})
const DASHBOARD = {
  days: [],
  conversion: [],
  photos: { waiting: 0, processing: 0, failed: 0 },
  askedBack: 0,
  inbox: null,
  events: [],
}

let connection: ReadableStreamDefaultController<Uint8Array>
const asked = { dashboard: 0 }

beforeEach(() => {
  vi.useFakeTimers()
  asked.dashboard = 0
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (url: string | URL | Request) => {
    if (String(url).includes('/admin/activity')) {
      const body = new ReadableStream<Uint8Array>({ start: controller => void (connection = controller) })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
    asked.dashboard += 1
    return Response.json(DASHBOARD)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const sendItems = (items: unknown[]) =>
  connection.enqueue(new TextEncoder().encode(`data: ${JSON.stringify({ items })}\n\n`))
const settle = () => vi.advanceTimersByTimeAsync(1)

test('however much happens, the numbers are read once more, and without a skeleton', async () => {
  const scope = effectScope()
  const desk = scope.run(() => useDashboard(async () => ({})))!
  await settle()
  sendItems([paid('a')])
  await settle()
  expect(desk.activity.value).toMatchObject({ status: 'live', items: [{ id: 'a' }] })
  expect(asked.dashboard).toBe(1)

  sendItems([paid('b'), paid('a')])
  sendItems([paid('c'), paid('b'), paid('a')])
  await settle()
  expect(desk.activity.value).toMatchObject({ items: [{ id: 'c' }, {}, {}] })
  expect(asked.dashboard).toBe(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked.dashboard).toBe(2)
  expect(desk.state.value.status).toBe('loaded')
  scope.stop()
})

test('a page that is left asks nothing further', async () => {
  const scope = effectScope()
  scope.run(() => useDashboard(async () => ({})))
  await settle()
  sendItems([paid('a')])
  await settle()
  sendItems([paid('b')])
  await settle()
  scope.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.dashboard).toBe(1)
})
