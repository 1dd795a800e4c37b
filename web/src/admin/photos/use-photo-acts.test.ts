import type { ManagedPhoto } from '@pix/contracts/managed-photos.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { usePhotoActs } from './use-photo-acts.ts'

afterEach(() => vi.unstubAllGlobals())

const EVENT = '0193a1b2-0000-7000-8000-000000000001'
const idOf = (n: number) => `0193a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`
const photo = (n: number, more: Partial<ManagedPhoto> = {}) =>
  ({
    id: idOf(n),
    state: 'processed',
    place: 'on_sale',
    approval: 'approved',
    rejectReason: null,
    ...more,
  }) as ManagedPhoto

/** What the list is told. */
const list = () => ({ change: vi.fn<() => void>(), remove: vi.fn<(ids: readonly string[]) => void>() })

/** Answers by the body, and keeps what was sent. */
function server(answer: (body: { photoIds: string[] }) => object) {
  const sent: { photoIds: string[]; decision?: string; reason?: string }[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body))
    sent.push(body)
    return Response.json(answer(body))
  })
  return sent
}

test('taking back gives each photo the decision and the reason that it had', async () => {
  const sent = server(({ photoIds }) => ({ changed: photoIds }))
  const acts = usePhotoActs(EVENT, list())
  const hidden = { place: 'off_sale', approval: 'rejected' } as const
  const photos = [
    photo(1, { ...hidden, rejectReason: 'blurred' }),
    photo(2, { place: 'waiting', approval: 'pending' }),
    photo(3, { ...hidden, rejectReason: 'blurred' }),
    photo(4),
    photo(5, { place: 'failed', state: 'failed', approval: 'pending' }),
  ]
  const { count, undo } = await acts.show(photos)
  expect(count).toBe(3)
  await undo()
  expect(sent.map(({ decision, reason, photoIds }) => [decision, reason, photoIds])).toEqual([
    ['approved', undefined, [idOf(1), idOf(2), idOf(3)]],
    ['rejected', 'blurred', [idOf(1), idOf(3)]],
    ['pending', undefined, [idOf(2)]],
  ])
})

test('many are moved in pieces, and those that stayed are counted by their reason', async () => {
  const sent = server(({ photoIds: [first, second, ...others] }) => ({
    moved: others.map(id => ({ id, becameId: id })),
    left: [first, second].flatMap((id, at) => (id ? { id, why: at === 0 ? 'sold' : 'missing' } : [])),
  }))
  const shown = list()
  const acts = usePhotoActs(EVENT, shown)
  const { moved, left } = await acts.move(
    Array.from({ length: 120 }, (_, n) => photo(n)),
    EVENT,
  )
  expect(sent.map(({ photoIds }) => photoIds.length)).toEqual([50, 50, 20])
  expect([moved, left.get('sold'), left.get('missing')]).toEqual([114, 3, 3])
  // What is not there any more leaves the list as what was moved does.
  expect(shown.remove.mock.calls.flatMap(([ids]) => ids)).toHaveLength(117)
})
