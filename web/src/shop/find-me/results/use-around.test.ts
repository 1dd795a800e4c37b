import type { Match, PhotoAround } from '@pix/contracts/faces.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { shallowRef } from 'vue'
import {
  apiByHand,
  type Asked,
  beginVisit,
  browserEvents,
  mount,
  refusal,
  settled,
} from '../../../base/browser-testing.ts'
import { useAround } from './use-around.ts'

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const photo = (id: string) => ({ photo: { id, takenAt: id }, bought: false, burst: null }) as unknown as PhotoAround
const page = (ids: readonly string[], count: number | null, nextCursor: string | null = null) => ({
  items: ids.map(photo),
  nextCursor,
  count,
})
const match = (id: string, more: Partial<Match> = {}) =>
  ({ photo: { id }, band: 'sure', hidden: false, ...more }) as Match

function open(found: readonly Match[] = [match('m')]) {
  const matches = shallowRef(found)
  const ticked = shallowRef<ReadonlySet<string>>(new Set())
  const read: string[][] = []
  const mounted = mount(() => useAround('s', matches, ticked, photos => read.push(photos.map(one => one.photo.id))))
  const shown = () => mounted.photos.value.map(one => one.photo.id)
  return { ...mounted, matches, ticked, read, shown }
}

/** The time within which matches are asked about together. */
async function waitForNews() {
  await vi.advanceTimersByTimeAsync(30_000)
  await settled()
}

test('how many photos there are around the matches is asked for at once; further ones follow, and each is handed over once', async () => {
  using around = open()
  await asked[0]!.answer(page(['a', 'b'], 3, 'c1'))
  expect([around.isOpen.value, around.count.value, around.hasMore.value]).toEqual([false, 3, true])
  void around.more()
  await settled()
  expect(asked.map(({ query }) => query['cursor'])).toEqual([undefined, 'c1'])
  await asked[1]!.answer(page(['c'], null))
  expect([around.shown(), around.count.value, around.hasMore.value]).toEqual([['a', 'b', 'c'], 3, false])
  around.matches.value = [match('m'), match('n')]
  await settled()
  around.matches.value = [match('m'), match('n'), match('o')]
  await settled()
  expect(asked.length).toBe(2)
  await waitForNews()
  expect(asked.length).toBe(3)
  await asked[2]!.answer(page(['b', 'd'], 2))
  expect([around.shown(), around.read]).toEqual([
    ['b', 'd'],
    [['a', 'b'], ['c'], ['d']],
  ])
})

test('a photo that is found meanwhile stands among the matches alone; photos that are looked at stay as they are', async () => {
  using around = open()
  await asked[0]!.answer(page(['a', 'b'], 2))
  around.isOpen.value = true
  around.matches.value = [match('m'), match('a')]
  await waitForNews()
  expect([around.shown(), around.count.value, asked.length]).toEqual([['b'], 1, 1])
})

test('what was ticked stays where it can be unticked, though it is read no more', async () => {
  using around = open()
  await asked[0]!.answer(page(['a', 'b', 'c'], 3))
  around.ticked.value = new Set(['b'])
  around.matches.value = [match('m'), match('n')]
  await waitForNews()
  await asked[1]!.answer(page(['a', 'd'], 2))
  expect([around.shown(), around.count.value]).toEqual([['a', 'b', 'd'], 3])
  around.ticked.value = new Set()
  expect(around.shown()).toEqual(['a', 'b', 'd'])
})

test('where nobody was found nothing is asked for, until somebody is', async () => {
  using around = open([match('m', { band: 'maybe' }), match('n', { hidden: true })])
  await settled()
  expect([asked.length, around.count.value]).toEqual([0, 0])
  around.matches.value = [...around.matches.value, match('o')]
  await waitForNews()
  await asked[0]!.answer(page(['a'], 1))
  expect([around.shown(), around.count.value]).toEqual([['a'], 1])
})

test('where they cannot be read the results have nothing around them', async () => {
  using around = open()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect([around.shown(), around.count.value]).toEqual([[], 0])
})
