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

/** A list that records its calls. */
const list = () => ({
  change: vi.fn<(ids: readonly string[]) => void>(),
  remove: vi.fn<(ids: readonly string[]) => void>(),
  reload: vi.fn<() => void>(),
})

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

test('failed photos are tried again one by one; one that had not failed any more is counted, and the list is read again', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (url.includes(idOf(2))) return Response.json({ code: 'illegal_state', status: 409 }, { status: 409 })
    return Response.json({}, { status: 202 })
  })
  const shown = list()
  const failed = { place: 'failed', state: 'failed', failure: 'timed_out' } as const
  const photos = [photo(1, failed), photo(2, failed), photo(3), photo(4, failed)]
  expect(await usePhotoActs(EVENT, shown).retry(photos)).toEqual({ queued: 2, missing: 1 })
  expect(asked).toEqual([1, 2, 4].map(n => `/api/photos/${idOf(n)}/retry`))
  expect(shown.change.mock.calls.map(([ids]) => ids)).toEqual([[idOf(1)], [idOf(4)]])
  expect(shown.reload).toHaveBeenCalledOnce()
})

test('all failed photos of an event are tried again by one request, and the list is read again', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return Response.json({ queued: 2 }, { status: 202 })
  })
  const shown = list()
  expect(await usePhotoActs(EVENT, shown).retryAll()).toBe(2)
  expect(asked).toEqual([`/api/events/${EVENT}/photos/retries`])
  expect(shown.reload).toHaveBeenCalledOnce()
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
  expect(shown.remove.mock.calls.flatMap(([ids]) => ids)).toHaveLength(114)
  // The list showed what is not there: it is asked for again, once everything is sent.
  expect(shown.reload).toHaveBeenCalledOnce()
})

test('what is not there any more when it is deleted is counted, and the list is asked for again', async () => {
  server(({ photoIds: [first, ...others] }) => ({ deleted: others, offSale: [], missing: [first] }))
  const shown = list()
  const done = await usePhotoActs(EVENT, shown).remove([photo(1), photo(2), photo(3)])
  expect(done).toEqual({ deleted: 2, offSale: 0, missing: 1 })
  expect(shown.remove.mock.calls).toEqual([[[idOf(2), idOf(3)]]])
  expect(shown.reload).toHaveBeenCalledOnce()
})

test('where a later piece fails, the list is asked for again for what was missing in one before', async () => {
  let pieces = 0
  server(({ photoIds }) => {
    pieces += 1
    if (pieces === 2) throw new Error('the line is cut')
    return { deleted: [], offSale: [], missing: photoIds }
  })
  const shown = list()
  const photos = Array.from({ length: 60 }, (_, n) => photo(n))
  await expect(usePhotoActs(EVENT, shown).remove(photos)).rejects.toThrow('network')
  expect(shown.reload).toHaveBeenCalledOnce()
})

test('what was taken down is not sent to be moved, deleted or saved', async () => {
  const sent = server(({ photoIds }) => ({ moved: [], left: [], deleted: photoIds, offSale: [], missing: [] }))
  const shown = list()
  const acts = usePhotoActs(EVENT, shown)
  const photos = [photo(1, { place: 'gone' }), photo(2)]
  await acts.move(photos, EVENT)
  await acts.remove(photos)
  expect(sent.map(({ photoIds }) => photoIds)).toEqual([[idOf(2)], [idOf(2)]])
  expect(await acts.save([photos[0]!])).toBe(0)
  expect(sent).toHaveLength(2)
  expect(shown.reload).not.toHaveBeenCalled()
})

test('an original that cannot be saved does not keep the next ones back, and is counted', async () => {
  const saved: string[] = []
  const link = { href: '', download: '', click: () => saved.push(link.download) }
  vi.stubGlobal('document', { createElement: () => link })
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.includes(idOf(1))) return new Response(null, { status: 404 })
    if (url.includes(idOf(3))) throw new TypeError('the line is cut')
    return new Response('bytes')
  })
  const photos = [1, 2, 3, 4].map(n => photo(n, { fileName: `A_${n}.jpg` }))
  expect(await usePhotoActs(EVENT, list()).save(photos)).toBe(2)
  expect(saved).toEqual(['A_2.jpg', 'A_4.jpg'])
})
