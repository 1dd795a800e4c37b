import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { browserEvents } from '../../base/browser-testing.ts'
import { useActionsInTurn } from '../../base/use-action.ts'
import type { ReviewFilter } from './review-filters.ts'
import { useApproval } from './use-approval.ts'
import { useGridSelection } from './use-grid-selection.ts'

interface Decided {
  photoIds: string[]
  decision: string
  reason?: string
}

const WAITING: ReviewFilter = { approval: 'pending', look: null, by: null }

/** What the api answers: everything at first, then what a test puts here. */
let stored: ReviewPhoto[] = []
let news: ReviewPhoto[] = []
let asked: string[] = []
let decided: Decided[] = []
let decide: (asked: Decided) => Response | Promise<Response>

const photo = (id: number, more: Partial<ReviewPhoto> = {}) =>
  ({
    id: String(id),
    approval: 'pending',
    rejectReason: null,
    faces: 1,
    sharpness: 0.7,
    burst: null,
    photographerId: 'anna',
    takenAt: new Date(id * 1_000).toISOString(),
    ...more,
  }) as ReviewPhoto

async function answer(url: string, init: RequestInit): Promise<Response> {
  if (init.method === 'POST') {
    const body = JSON.parse(String(init.body)) as Decided
    decided.push(body)
    return decide(body)
  }
  const since = new URL(url, 'http://shop').searchParams.get('since')
  asked.push(since ?? 'all')
  const photos = since === null ? stored : news
  const total = stored.length
  return Response.json({ at: '2026-11-14T12:00:00.000Z', photos, total, photographers: [], coming: 0 })
}

beforeEach(() => {
  vi.useFakeTimers()
  decided = []
  asked = []
  news = []
  decide = ({ photoIds }) => Response.json({ changed: photoIds })
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  vi.stubGlobal('fetch', answer)
  browserEvents()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The review of an event in which so many photos wait. */
async function review(photos: number | ReviewPhoto[]) {
  stored = typeof photos === 'number' ? Array.from({ length: photos }, (_, n) => photo(n + 1)) : photos
  const filter = shallowRef(WAITING)
  const scope = effectScope()
  const approval = scope.run(() => useApproval('e', filter))!
  await vi.advanceTimersByTimeAsync(100)
  const states = (...ids: number[]) =>
    ids.map(id => approval.photos.value.find(each => each.id === String(id))?.approval)
  const show = async (to: Partial<ReviewFilter>) => {
    filter.value = { ...filter.value, ...to }
    await nextTick()
    return approval.ids.value.map(Number)
  }
  return { ...approval, states, show, [Symbol.dispose]: () => scope.stop() }
}

test('what comes later appears by itself at the end, and stands where it was taken once the filter changes', async () => {
  using page = await review(3)
  await page.decide(['1'], 'approved')
  news = [photo(9), { ...photo(0), takenAt: new Date(500).toISOString() }]
  stored = [news[1]!, { ...photo(1), approval: 'approved' }, photo(2), photo(3), news[0]!]
  await vi.advanceTimersByTimeAsync(5_000)
  expect(page.photos.value.map(({ id }) => Number(id))).toEqual([1, 2, 3, 0, 9])
  expect(await page.show({ look: 'clear' })).toEqual([0, 2, 3, 9])
  expect(asked).toEqual(['all', '2026-11-14T12:00:00.000Z'])
})

test('a photo that was deleted leaves the page, and every key is for the photo that the page shows', async () => {
  using page = await review(5)
  const grid = useGridSelection(() => page.ids.value)
  grid.moveTo(2)
  stored = stored.slice(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual(['all', '2026-11-14T12:00:00.000Z', 'all'])
  expect(page.ids.value).toEqual(page.photos.value.map(({ id }) => id))
  expect(page.photos.value.map(({ id }) => id)).toEqual(['2', '3', '4', '5'])
  expect([page.photos.value[grid.cursor.value]?.id, grid.targets.value]).toEqual(['3', ['3']])

  stored = stored.filter(({ id }) => id !== '3' && id !== '5')
  await vi.advanceTimersByTimeAsync(5_000)
  expect([page.photos.value[grid.cursor.value]?.id, grid.targets.value]).toEqual(['4', ['4']])
})

test('filters show what fits at once, and count what each of the others would show', async () => {
  using page = await review([photo(1), photo(2, { sharpness: 0.2 }), photo(3, { faces: 0, photographerId: 'ben' })])
  expect(page.counts.value.looks).toMatchObject({ flagged: 2, blurred: 1, faceless: 1, clear: 1 })
  expect(await page.show({ look: 'flagged' })).toEqual([2, 3])
  expect(await page.show({ by: 'ben' })).toEqual([3])
  await page.decide(['3'], 'rejected', 'nobody')
  expect(page.counts.value.approvals).toEqual({ pending: 0, approved: 0, rejected: 1 })
  expect(page.photos.value[0]).toMatchObject({ id: '3', rejectReason: 'nobody' })
  expect(await page.show({ approval: 'rejected', look: null, by: null })).toEqual([3])
})

test('keys that come faster than answers decide each photo once, one after the other', async () => {
  using page = await review(5)
  const { act } = useActionsInTurn()
  let underWay = 0
  let most = 0
  decide = async ({ photoIds }) => {
    most = Math.max(most, (underWay += 1))
    await new Promise(resolve => setTimeout(resolve, 500))
    underWay -= 1
    return Response.json({ changed: photoIds })
  }
  for (const id of ['1', '2', '3']) void act(async () => void (await page.decide([id], 'approved')))
  await vi.advanceTimersByTimeAsync(2_000)
  expect([most, decided.map(({ photoIds }) => photoIds)]).toEqual([1, [['1'], ['2'], ['3']]])
  expect(page.states(1, 2, 3, 4)).toEqual(['approved', 'approved', 'approved', 'pending'])
  expect(page.counts.value.approvals).toMatchObject({ pending: 2 })
})

test('a decision shows at once, and is taken back where the api does not take it', async () => {
  using page = await review(3)
  decide = () => new Promise(() => {})
  void page.decide(['1'], 'approved')
  expect(page.states(1)).toEqual(['approved'])

  decide = () => Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
  await expect(page.decide(['2'], 'rejected', 'blurred')).rejects.toMatchObject({ code: 'unavailable' })
  expect([page.states(2), page.undoable.value]).toEqual([['pending'], []])
  expect(decided.at(-1)).toMatchObject({ decision: 'rejected', reason: 'blurred' })
})

test('what a colleague decided first stays theirs: it is shown as it was, and undo leaves it alone', async () => {
  using page = await review(3)
  decide = () => Response.json({ changed: ['1'] })
  expect(await page.decide(['1', '2'], 'approved')).toEqual(['1'])
  expect(page.states(1, 2)).toEqual(['approved', 'pending'])
  expect(await page.undo()).toBe(1)
  expect(decided.at(-1)).toMatchObject({ decision: 'pending', photoIds: ['1'] })
  expect([page.states(1, 2), page.counts.value.approvals]).toMatchObject([['pending', 'pending'], { pending: 3 }])
})

test('undo takes back the last decision, then the one before, to what each photo was', async () => {
  using page = await review([photo(1), photo(2), photo(3, { approval: 'rejected', rejectReason: 'too dark' })])
  await page.decide(['1', '2'], 'rejected', 'blurred')
  await page.show({ approval: 'rejected' })
  await page.decide(['2', '3'], 'approved')
  expect(await page.undo()).toBe(2)
  expect(decided.slice(-2)).toMatchObject([
    { photoIds: ['2'], decision: 'rejected', reason: 'blurred' },
    { photoIds: ['3'], decision: 'rejected', reason: 'too dark' },
  ])
  expect(await page.undo()).toBe(2)
  expect(decided.at(-1)).toEqual({ eventId: 'e', photoIds: ['1', '2'], decision: 'pending' })
  expect([await page.undo(), await page.show({ approval: 'pending' })]).toEqual([0, [1, 2]])
})

test('an undo that is refused or whose connection fails stays the next one: no other decision is taken back', async () => {
  using page = await review(3)
  await page.decide(['1'], 'approved')
  await page.decide(['2'], 'approved')
  decide = () => Response.json({ code: 'rate_limited', status: 429 }, { status: 429 })
  await expect(page.undo()).rejects.toMatchObject({ code: 'rate_limited' })
  decide = () => Promise.reject(new TypeError('fetch failed'))
  await expect(page.undo()).rejects.toMatchObject({ code: 'network' })
  expect([page.states(1, 2), page.undoable.value.length]).toEqual([['approved', 'approved'], 2])

  decide = ({ photoIds }) => Response.json({ changed: photoIds })
  expect(await page.undo()).toBe(1)
  expect([decided.at(-1), page.states(1, 2)]).toMatchObject([{ photoIds: ['2'] }, ['approved', 'pending']])
  expect(await page.undo()).toBe(1)
  expect([page.states(1, 2), page.undoable.value]).toEqual([['pending', 'pending'], []])
})

test('of an undo that is done in part the rest stays to be taken back', async () => {
  using page = await review([photo(1), photo(2, { approval: 'rejected', rejectReason: 'too dark' })])
  await page.show({ approval: 'rejected' })
  await page.decide(['1', '2'], 'approved')
  decide = ({ photoIds }) =>
    decided.length === 2
      ? Response.json({ changed: photoIds })
      : Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
  await expect(page.undo()).rejects.toMatchObject({ code: 'unavailable' })
  decide = ({ photoIds }) => Response.json({ changed: photoIds })
  expect(await page.undo()).toBe(1)
  expect(decided.at(-1)).toMatchObject({ photoIds: ['2'], decision: 'rejected', reason: 'too dark' })
  expect(page.undoable.value).toEqual([])
})

test('of a decision about many photos the part that was done can be taken back when the rest fails', async () => {
  using page = await review(6_000)
  decide = ({ photoIds }) =>
    decided.length === 1
      ? Response.json({ changed: photoIds })
      : Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
  await expect(page.approveMatching()).rejects.toMatchObject({ code: 'unavailable' })
  expect(page.counts.value.approvals).toMatchObject({ pending: 1_000, approved: 5_000 })
  decide = ({ photoIds }) => Response.json({ changed: photoIds })
  expect(await page.undo()).toBe(5_000)
  expect([decided.at(-1)?.photoIds.length, decided.at(-1)?.decision]).toEqual([5_000, 'pending'])
  expect(page.counts.value.approvals).toMatchObject({ pending: 6_000 })
})

test('approving everything is about what fits the filter, wherever it stands, and can be undone', async () => {
  using page = await review(Array.from({ length: 6_000 }, (_, n) => photo(n + 1, { faces: n % 6 === 0 ? 0 : 1 })))
  await page.show({ look: 'clear' })
  expect(await page.approveMatching()).toBe(5_000)
  expect(decided.map(({ photoIds }) => photoIds.length)).toEqual([5_000])
  expect(page.counts.value.approvals).toMatchObject({ pending: 0, approved: 5_000 })
  await page.show({ look: null })
  expect(page.ids.value).toHaveLength(1_000)
  await page.undo()
  expect(page.counts.value.approvals).toEqual({ pending: 6_000, approved: 0, rejected: 0 })
})

test('an answer that was asked for before a decision does not take it back', async () => {
  using page = await review(3)
  decide = async ({ photoIds }) => {
    // Answered late: the list is asked for in between, and does not know yet.
    news = [photo(1)]
    await new Promise(resolve => setTimeout(resolve, 6_000))
    news = [photo(1, { approval: 'approved' })]
    return Response.json({ changed: photoIds })
  }
  const deciding = page.decide(['1'], 'approved')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(page.states(1)).toEqual(['approved'])
  await vi.advanceTimersByTimeAsync(5_000)
  await deciding
  expect(page.states(1)).toEqual(['approved'])
})
