import type { FavouriteEvent } from '@pix/contracts/favourites.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { useFavouriteList } = await import('./use-favourite-list.ts')
const { useFavourites } = await import('./use-favourites.ts')

/** What this browser keeps, and what the api does. */
let kept: Map<string, string>
let stored: Set<string>
let sent: string[]
let answer: (request: string) => Response | Promise<Response> | undefined

const refusal = () => Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
/** A promise that a test settles. */
function gate() {
  const settle: (() => void)[] = []
  const opened = new Promise<void>(resolve => settle.push(resolve))
  return { open: () => settle[0]?.(), opened }
}

async function api(url: string, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET'
  if (method === 'GET') {
    await answer(`GET ${url}`)
    init.signal?.throwIfAborted()
    if (url.includes('/ids')) return Response.json({ ids: [...stored] })
    const photos = [...stored].map(id => ({ photo: { id }, bought: false }))
    const items = ['run', 'fair'].map(id => ({
      event: { id },
      photos: photos.filter(({ photo }) => photo.id.startsWith(id)),
    }))
    return Response.json({ items, unseen: { withdrawn: 0, locked: 0, elsewhere: 0 } })
  }
  const id = method === 'PUT' ? JSON.parse(String(init.body)).photoIds[0] : url.split('/').at(-1)
  sent.push(`${method} ${id}`)
  const other = await answer(`${method} ${id}`)
  if (other) return other
  if (method === 'PUT') stored.add(id)
  else stored.delete(id)
  return new Response(null, { status: 204 })
}

beforeEach(() => {
  kept = new Map([['pix_favourites', '1']])
  stored = new Set()
  sent = []
  answer = () => undefined
  setActivePinia(createPinia())
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  }
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', api)
})
afterEach(() => vi.unstubAllGlobals())

function inScope<T extends object>(make: () => T): T & Disposable {
  const scope = effectScope()
  return Object.assign(scope.run(make)!, { [Symbol.dispose]: () => scope.stop() })
}
const shown = (items: FavouriteEvent[]) =>
  items.map(({ event, photos }) => [event.id, ...photos.map(({ photo }) => photo.id)])

async function openList(...ids: string[]) {
  stored = new Set(ids)
  const list = inScope(useFavouriteList)
  await expect.poll(() => list.state.value.status).toBe('loaded')
  return list
}

test('of two that are taken out at once, the one that the api refuses comes back to its place, and the other does not', async () => {
  using list = await openList('run-1', 'run-2', 'run-3')
  answer = request => (request === 'DELETE run-1' ? refusal() : undefined)
  const [first, second] = [list.remove('run-1'), list.remove('run-2')]
  expect(shown(list.items.value)).toEqual([['run', 'run-3']])
  await expect(first).rejects.toMatchObject({ code: 'unavailable' })
  await second
  expect(shown(list.items.value)).toEqual([['run', 'run-1', 'run-3']])
  await list.bringBack('run-2')
  expect(shown(list.items.value)).toEqual([['run', 'run-1', 'run-2', 'run-3']])
  expect(sent).toEqual(['DELETE run-1', 'DELETE run-2', 'PUT run-2'])
})

test('an event without favourites leaves the list, and with the last one the list is empty', async () => {
  using list = await openList('run-1', 'fair-1')
  await list.remove('run-1')
  expect(shown(list.items.value)).toEqual([['fair', 'fair-1']])
  await list.remove('fair-1')
  expect(list.items.value).toEqual([])
})

test('a heart that is pressed quickly sends its changes in turn, and shows the last one', async () => {
  using hearts = inScope(() => useFavourites('run'))
  const slow = gate()
  answer = request => (request === 'PUT run-1' ? slow.opened.then(() => undefined as never) : undefined)
  const all = [hearts.toggle('run-1'), hearts.toggle('run-1')]
  await Promise.resolve()
  expect(sent).toEqual(['PUT run-1'])
  slow.open()
  await Promise.all(all)
  expect([sent, [...stored], [...hearts.ids.value]]).toEqual([['PUT run-1', 'DELETE run-1'], [], []])
})

test('a heart that is pressed while the first answer is on its way does not hide the others', async () => {
  stored = new Set(['run-1', 'run-2'])
  const slow = gate()
  answer = request => (request.startsWith('GET') ? slow.opened.then(() => undefined as never) : undefined)
  using hearts = inScope(() => useFavourites('run'))
  const toggled = hearts.toggle('run-3')
  answer = () => undefined
  slow.open()
  await toggled
  expect([...hearts.ids.value].toSorted()).toEqual(['run-1', 'run-2', 'run-3'])
})

test('a heart that the api refuses shows what is stored, whatever was pressed before', async () => {
  stored = new Set(['run-1'])
  using hearts = inScope(() => useFavourites('run'))
  await expect.poll(() => hearts.ids.value.size).toBe(1)
  answer = request => (request.startsWith('GET') ? undefined : refusal())
  await Promise.all([hearts.toggle('run-1'), hearts.toggle('run-1'), hearts.toggle('run-1')])
  expect([...hearts.ids.value]).toEqual(['run-1'])
})
