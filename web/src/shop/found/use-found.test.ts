import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
})
const { rememberFound, useFound } = await import('./use-found.ts')
const { forget } = await import('../../base/storage.ts')
const { useSession } = await import('../../base/session.store.ts')

const asked: string[] = []
let items: object[] = []
beforeEach(() => {
  setActivePinia(createPinia())
  forget('pix_found')
  asked.length = 0
  items = [{ event: { id: 'run' }, searches: [{ id: 'newest' }, { id: 'older' }] }]
  vi.stubGlobal('fetch', async (url: string) => (asked.push(url), Response.json({ items })))
})
afterEach(() => void vi.restoreAllMocks())

const use = (of: () => string | undefined) => effectScope().run(() => useFound(of))!

test('a visitor who never searched asks for nothing, and one who did asks of the event once it is known', async () => {
  const stranger = use(() => 'run')
  await nextTick()
  expect([asked, stranger.expected.value, stranger.newest.value]).toEqual([[], false, undefined])

  rememberFound()
  const event = ref<string>()
  const found = use(() => event.value)
  expect([asked, found.expected.value]).toEqual([[], false])
  event.value = 'run'
  await nextTick()
  expect(found.expected.value).toBe(true)
  await expect.poll(() => found.newest.value?.id).toBe('newest')
  expect([asked, found.expected.value]).toEqual([['/api/me/found?eventId=run'], false])
})

test('somebody signed in asks on a device where they never searched', async () => {
  const found = use(() => 'run')
  useSession().changed({ id: 'somebody' } as never)
  await expect.poll(() => found.newest.value?.id).toBe('newest')
})

test('where all is forgotten the next page asks no more, and a failure is no news', async () => {
  rememberFound()
  items = []
  const all = use(() => 'all')
  await expect.poll(() => all.found.value).toEqual([])
  expect(asked).toEqual(['/api/me/found'])
  expect(kept.has('pix_found')).toBe(false)

  rememberFound()
  vi.stubGlobal('fetch', async () => Promise.reject(new Error('no net')))
  const failed = use(() => 'all')
  await expect.poll(() => failed.found.value).toEqual([])
  expect(kept.has('pix_found')).toBe(true)
})
