import { afterEach, expect, test, vi } from 'vitest'
import { findTargets } from './move-event.ts'

afterEach(() => vi.unstubAllGlobals())

const idOf = (n: number) => `0193a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`
const [EVENT, STUDIO] = [idOf(1), idOf(900)]

test('the events are those of the studio whose event it is, on all pages, that take photos', async () => {
  const asked: string[] = []
  const pages = [
    [
      { id: EVENT, status: 'on_sale' },
      { id: idOf(2), status: 'open' },
      { id: idOf(3), status: 'planning' },
    ],
    [
      { id: idOf(4), status: 'on_sale' },
      { id: idOf(5), status: 'archived' },
    ],
  ]
  vi.stubGlobal('fetch', async (url: string) => {
    const { pathname, searchParams } = new URL(url, 'http://shop')
    asked.push(pathname)
    if (pathname === `/api/events/${EVENT}/crew`) {
      return Response.json({ items: [], nextCursor: null, studioId: STUDIO })
    }
    // Another studio than the event's has nothing to choose from.
    if (searchParams.get('studio') !== STUDIO) return Response.json({ items: [], nextCursor: null })
    const at = Number(searchParams.get('cursor') ?? 0)
    return Response.json({ items: pages[at], nextCursor: at === 0 ? '1' : null })
  })
  const found = await findTargets(EVENT, new AbortController().signal)
  expect(found.map(({ id }) => id)).toEqual([idOf(2), idOf(4)])
  expect(asked).toEqual([`/api/events/${EVENT}/crew`, '/api/admin/events', '/api/admin/events'])
})
