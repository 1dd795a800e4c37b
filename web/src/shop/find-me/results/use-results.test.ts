import type { Band, Match } from '@pix/contracts/faces.ts'
import type { Package } from '@pix/contracts/pricing.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../../base/browser-testing.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
})
const { forget } = await import('../../../base/storage.ts')
const { useResults } = await import('./use-results.ts')
const { useFound } = await import('../../found/index.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  setActivePinia(createPinia())
  forget('pix_found')
})
afterEach(() => vi.unstubAllGlobals())

const match = (id: string, band: Band, more: Partial<Match> = {}) =>
  ({ photo: { id }, band, hidden: false, picked: null, bought: false, burst: null, ...more }) as Match
const pack = (kind: Package['kind'], photoCount: number, amount: number) =>
  ({
    id: `${kind}${photoCount}`,
    kind,
    photoCount,
    price: { amount, currency: 'THB' },
    limits: null,
  }) as unknown as Package
const PACKAGES = [pack('single', 1, 5_000), pack('bundle', 3, 12_000)]

function open(found: readonly Match[], inCart: string[] = [], packages: readonly Package[] = PACKAGES) {
  const scope = effectScope()
  const results = scope.run(() =>
    useResults(
      's',
      found,
      () => packages,
      id => inCart.includes(id),
    ),
  )!
  const shown = (band: Band) => results.inBand(band).map(({ photo }) => photo.id)
  const fresh = () => results.fresh.value.map(({ photo }) => photo.id)
  return { ...results, shown, fresh, ticked: () => [...results.selected.value], [Symbol.dispose]: () => scope.stop() }
}

test('the price shown is that of what is ticked and can be bought, and "all" leaves out what is only maybe the person', () => {
  const found = [match('a', 'sure'), match('b', 'likely'), match('c', 'sure', { bought: true }), match('d', 'maybe')]
  using results = open(found)
  expect([results.chosen.value, results.chosenPrice.value]).toEqual([['a'], 5_000])
  expect([results.all.value, results.allPrice.value]).toEqual([['a', 'b'], 10_000])
  results.pick(['d'], true)
  expect([results.chosen.value, results.chosenPrice.value]).toEqual([['a', 'd'], 10_000])
  expect([results.all.value, results.allPrice.value]).toEqual([['a', 'b', 'd'], 12_000])
})

test('"not me" hides and unticks at once, and what the api refuses is as it was before', async () => {
  using results = open([match('a', 'sure'), match('b', 'sure')])
  const said = results.say('a', false)
  expect([results.shown('sure'), results.ticked(), results.chosen.value]).toEqual([['b'], ['b'], ['b']])
  const refused = said.catch((error: unknown) => error)
  await settled()
  expect(asked[0]!.body).toEqual({ searchId: 's', photoId: 'a', isMe: false })
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect(await refused).toMatchObject({ code: 'unavailable' })
  expect([results.shown('sure'), results.ticked().toSorted()]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('"not me" and its taking back reach the api in this order, however slow the first is', async () => {
  using results = open([match('a', 'sure')])
  void results.say('a', false)
  void results.say('a', true)
  await settled()
  expect([results.shown('sure'), asked.length]).toEqual([['a'], 1])
  await asked[0]!.answer()
  expect(asked.map(({ body }) => (body as { isMe: boolean }).isMe)).toEqual([false, true])
})

test('photos that are found later stand by themselves, newest first, unticked; what was there keeps its place', async () => {
  using results = open([match('a', 'sure')])
  results.takeIn([match('a', 'sure'), match('b', 'sure')])
  results.takeIn([match('a', 'sure'), match('b', 'sure'), match('c', 'likely'), match('d', 'maybe')])
  expect([results.shown('sure'), results.fresh(), results.shown('maybe')]).toEqual([['a'], ['c', 'b'], ['d']])
  expect([results.ticked(), results.all.value]).toEqual([['a'], ['a', 'b', 'c']])
})

test('a photo around the matches costs as one by hand, is in "all" once it is ticked, and is a match once it is found', async () => {
  using results = open([match('a', 'sure')])
  results.pickBeside(['x'], true)
  expect([results.chosen.value, results.chosenPrice.value]).toEqual([['a', 'x'], 10_000])
  expect([results.all.value, results.allPrice.value]).toEqual([['a', 'x'], 10_000])
  results.takeIn([match('a', 'sure'), match('x', 'likely')])
  expect([results.ticked(), [...results.beside.value]]).toEqual([['a', 'x'], []])
  expect(results.chosen.value).toEqual(['a', 'x'])
})

test('an Unlimited of a search counts what is around its matches as photos by hand', () => {
  const found = Array.from({ length: 20 }, (_, at) => match(`m${at}`, 'sure'))
  const unlimited = {
    ...pack('unlimited', 0, 50_000),
    photoCount: null,
    limits: { extraPercent: 20, extraMin: 1, extraMax: 2, cap: 300 },
  }
  using results = open(found, [], [...PACKAGES, unlimited as unknown as Package])
  expect(results.chosenPrice.value).toBe(50_000)
  results.pickBeside(['x', 'y'], true)
  expect(results.chosenPrice.value).toBe(50_000)
  results.pickBeside(['z'], true)
  expect(results.chosenPrice.value).toBe(55_000)
})

test('a photo that was hidden here does not come back as new', async () => {
  using results = open([match('a', 'sure'), match('b', 'sure')])
  void results.say('b', false)
  results.takeIn([match('a', 'sure'), match('b', 'sure')])
  expect([results.shown('sure'), results.fresh()]).toEqual([['a'], []])
})

/** Whether the next page of this browser asks for what was found. */
function nextPageAsks(): boolean {
  const scope = effectScope()
  scope.run(() => useFound(() => 'run'))
  scope.stop()
  return asked.some(({ path }) => path.startsWith('/api/me/found'))
}

test('who was found is known as such on other pages, also where the first photo came while the page was open', async () => {
  using results = open([])
  expect(nextPageAsks()).toBe(false)
  results.takeIn([match('a', 'sure')])
  await settled()
  expect(nextPageAsks()).toBe(true)
})

test('who was found at once is known as such on other pages', () => {
  using _ = open([match('a', 'sure')])
  expect(nextPageAsks()).toBe(true)
})
