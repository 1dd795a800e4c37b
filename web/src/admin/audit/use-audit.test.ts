import type { AuditLine } from '@pix/contracts/audit.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { filtersOf, type AuditFilters } from './filters.ts'
import { useAudit } from './use-audit.ts'

await import('../../shell/words-testing.ts')

const LINES = Array.from({ length: 120 }, (_, n) => String(n + 1))

/** What was asked, and the answers that wait; each is given by hand, so that they may overtake each other. */
let asked: { query: Record<string, string>; answer: (response?: Response) => Promise<void> }[]

/** The api's page of fifty: a cursor names the last line before it. */
function pageOf({ cursor }: Record<string, string>): Response {
  const from = cursor ? LINES.indexOf(cursor) + 1 : 0
  const items = LINES.slice(from, from + 50).map(id => ({ id }) as AuditLine)
  return Response.json({ items, nextCursor: from + 50 < LINES.length ? items.at(-1)?.id : null })
}

beforeEach(() => {
  asked = []
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', (url: string) => {
    const query = Object.fromEntries(new URL(url, 'http://shop').searchParams)
    return new Promise<Response>(resolve => {
      const answer = async (response = pageOf(query)) => {
        resolve(response)
        await vi.waitUntil(() => response.bodyUsed)
        await new Promise(setImmediate)
      }
      asked.push({ query, answer })
    })
  })
})
afterEach(() => vi.unstubAllGlobals())

function open(first: AuditFilters = {}) {
  const filters = ref(first)
  const scope = effectScope()
  const audit = scope.run(() => useAudit(filters))!
  const shown = () =>
    audit.state.value.status === 'loaded' ? audit.state.value.value.items.map(line => line.id) : null
  return { ...audit, filters, scope, shown }
}

const unavailable = () =>
  Response.json({ code: 'unavailable', status: 503 }, { status: 503, headers: { 'content-type': 'application/json' } })

test('pages are added below until the last, each line once', async () => {
  const { state, shown, further, more, scope } = open({ action: 'event' })
  expect(state.value).toEqual({ status: 'loading' })
  await asked[0]!.answer()
  expect(shown()).toEqual(LINES.slice(0, 50))

  void more()
  void more()
  expect(further.value.status).toBe('loading')
  expect(asked.map(({ query }) => query)).toEqual([{ action: 'event' }, { action: 'event', cursor: '50' }])
  await asked[1]!.answer()
  void more()
  await asked[2]!.answer()
  expect(shown()).toEqual(LINES)
  await more()
  expect(asked).toHaveLength(3)
  scope.stop()
})

test('with other filters it begins again, and a page asked for with those before is dropped', async () => {
  const { filters, shown, further, more, scope } = open()
  await asked[0]!.answer()
  void more()
  filters.value = { actor: 'mary' }
  await nextTick()
  expect(asked[2]!.query).toEqual({ actor: 'mary' })
  await asked[2]!.answer(Response.json({ items: [{ id: 'hers' }], nextCursor: null }))
  await asked[1]!.answer()
  expect(shown()).toEqual(['hers'])
  expect(further.value.status).toBe('idle')
  scope.stop()
})

test('what fails is said in a sentence and can be tried again, and what is shown stays', async () => {
  const { state, load, shown, further, more, scope } = open()
  await asked[0]!.answer(unavailable())
  expect(state.value).toMatchObject({ status: 'failed', message: expect.stringMatching(/\S+/) })
  void load()
  await asked[1]!.answer()

  void more()
  await asked[2]!.answer(unavailable())
  expect(further.value).toMatchObject({ status: 'failed', message: expect.stringMatching(/\S+/) })
  expect(shown()).toHaveLength(50)
  void more()
  await asked[3]!.answer()
  expect(shown()).toHaveLength(100)
  expect(further.value.status).toBe('idle')
  scope.stop()
})

test('an address carries filters, and what is none is left out', () => {
  const query = {
    actor: ' mary ',
    action: '',
    from: '2026-11-01',
    subject: ['event:1', 'event:2'],
    cursor: 'x',
    to: null,
  }
  expect(filtersOf(query)).toEqual({ actor: 'mary', from: '2026-11-01' })
})
