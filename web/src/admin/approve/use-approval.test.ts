import type { CrewPhoto, PhotoApproval } from '@pix/contracts/photos.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useActionsInTurn } from '../../base/use-action.ts'
import { useApproval } from './use-approval.ts'

interface Decided {
  decision: PhotoApproval
  photoIds: string[] | 'all_pending'
  reason?: string
}

/** The api's list of waiting photos, by arrival, as it answers page by page: a cursor names the last photo before it. */
let waiting: number[]
/** What was decided, in the order in which it came, and how it is answered. */
let decided: Decided[]
let decide: (asked: Decided) => Response | Promise<Response>

async function answer(url: string, init: RequestInit): Promise<Response> {
  if (init.method === 'POST') {
    const asked = JSON.parse(String(init.body)) as Decided
    decided.push(asked)
    return decide(asked)
  }
  const query = new URL(url, 'http://shop').searchParams
  const [limit, after] = [Number(query.get('limit')), Number(query.get('cursor') ?? 0)]
  const rest = waiting.filter(id => id > after)
  const items = rest.slice(0, limit).map(id => ({ id: String(id), approval: 'pending' }) as CrewPhoto)
  const nextCursor = rest.length > limit ? items.at(-1)?.id : null
  return Response.json({ items, nextCursor, counts: { pending: waiting.length, approved: 0, rejected: 0 } })
}

beforeEach(() => {
  vi.useFakeTimers()
  decided = []
  decide = ({ photoIds }) => Response.json({ changed: photoIds })
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  vi.stubGlobal('fetch', answer)
  vi.stubGlobal('document', { visibilityState: 'visible' })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1)

test('of more than a hundred waiting photos, those that come later appear by themselves as well', async () => {
  waiting = upTo(150)
  const scope = effectScope()
  const { photos, loadMore } = scope.run(() => useApproval('e'))!
  await vi.advanceTimersByTimeAsync(100)
  await loadMore()
  expect(photos.value).toHaveLength(150)

  waiting = upTo(153)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(photos.value.map(photo => Number(photo.id))).toEqual(upTo(153))

  // More than a page at once, and the first ones decided meanwhile.
  waiting = upTo(390).slice(120)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(photos.value).toHaveLength(320)
  await loadMore()
  expect(photos.value.map(photo => Number(photo.id))).toEqual(upTo(390))
  scope.stop()
})

/** The review of an event in which so many photos wait. */
async function review(count: number) {
  waiting = upTo(count)
  const scope = effectScope()
  const approval = scope.run(() => useApproval('e'))!
  await vi.advanceTimersByTimeAsync(100)
  const states = (...ids: number[]) =>
    ids.map(id => approval.photos.value.find(photo => photo.id === String(id))?.approval)
  return { ...approval, states, [Symbol.dispose]: () => scope.stop() }
}

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
  expect(page.counts.value).toMatchObject({ pending: 2 })
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
  expect([page.states(1, 2), page.counts.value]).toMatchObject([['pending', 'pending'], { pending: 3 }])
})

test('undo takes back the last decision, then the one before, and none of another filter', async () => {
  using page = await review(3)
  await page.decide(['1'], 'approved')
  await page.decide(['2', '3'], 'rejected')
  expect([await page.undo(), page.states(1, 2, 3)]).toEqual([2, ['approved', 'pending', 'pending']])
  expect([await page.undo(), page.states(1, 2, 3)]).toEqual([1, ['pending', 'pending', 'pending']])
  expect(await page.undo()).toBe(0)

  await page.decide(['1'], 'approved')
  await page.load('approved')
  expect(await page.undo()).toBe(0)
})

test('approving everything that waits is about what is not loaded as well', async () => {
  using page = await review(250)
  expect(page.photos.value).toHaveLength(100)
  decide = () => {
    const changed = waiting.map(String)
    waiting = []
    return Response.json({ changed })
  }
  expect(await page.approveAll()).toBe(250)
  expect(decided).toMatchObject([{ decision: 'approved', photoIds: 'all_pending' }])
  expect([page.photos.value, page.counts.value]).toMatchObject([[], { pending: 0 }])
})

test('a number of waiting photos that comes while a decision is under way is not counted down twice', async () => {
  using page = await review(3)
  decide = async ({ photoIds }) => {
    // Done at once, answered late: the list is asked for in between.
    waiting = [2, 3]
    await new Promise(resolve => setTimeout(resolve, 6_000))
    return Response.json({ changed: photoIds })
  }
  const deciding = page.decide(['1'], 'approved')
  await vi.advanceTimersByTimeAsync(7_000)
  await deciding
  expect(page.counts.value).toMatchObject({ pending: 2 })
})
