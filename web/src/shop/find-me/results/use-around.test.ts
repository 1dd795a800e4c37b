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
})
afterEach(() => vi.unstubAllGlobals())

const photo = (id: string) => ({ photo: { id }, bought: false, burst: null }) as unknown as PhotoAround
const page = (ids: readonly string[], count: number, nextCursor: string | null = null) => ({
  items: ids.map(photo),
  nextCursor,
  count,
})
const match = (id: string) => ({ photo: { id } }) as Match

function open() {
  const matches = shallowRef<readonly Match[]>([match('m')])
  const read: string[][] = []
  const mounted = mount(() => useAround('s', matches, photos => read.push(photos.map(one => one.photo.id))))
  const shown = () => mounted.photos.value.map(one => one.photo.id)
  return { ...mounted, matches, read, shown }
}

test('how many photos there are around the matches is asked for at once; further ones follow, and each is handed over once', async () => {
  using around = open()
  await asked[0]!.answer(page(['a', 'b'], 3, 'c1'))
  expect([around.isOpen.value, around.count.value, around.hasMore.value]).toEqual([false, 3, true])
  void around.more()
  await settled()
  expect(asked.map(({ query }) => query['cursor'])).toEqual([undefined, 'c1'])
  await asked[1]!.answer(page(['c'], 3))
  expect([around.shown(), around.count.value, around.hasMore.value]).toEqual([['a', 'b', 'c'], 3, false])
  around.matches.value = [match('m'), match('n')]
  await settled()
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
  await settled()
  expect([around.shown(), around.count.value, asked.length]).toEqual([['b'], 1, 1])
})

test('where they cannot be read the results have nothing around them', async () => {
  using around = open()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect([around.shown(), around.count.value]).toEqual([[], 0])
})
