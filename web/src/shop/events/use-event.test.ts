import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'
import { forgetPageData } from '../../base/page-data.ts'

await import('../../shell/words-testing.ts')
const { useEvent } = await import('./use-event.ts')

let asked: Asked[]
beforeEach(async () => {
  setActivePinia(createPinia())
  forgetPageData()
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const of = (path: string) => asked.findLast(request => request.method === 'GET' && request.path.endsWith(path))!
const event = (slug: string) => ({ id: `id-of-${slug}`, slug })
const prices = (slug: string) => ({ items: [{ id: `single-of-${slug}` }] })

async function open() {
  const slug = ref('run')
  const scope = effectScope()
  const page = scope.run(() => useEvent(() => slug.value))!
  await of('/events/run').answer(event('run'))
  const shownPrices = () => page.packages.value.map(({ id }) => id)
  return { ...page, slug, shownPrices, [Symbol.dispose]: () => scope.stop() }
}

test('an event is shown before its prices are there', async () => {
  using page = await open()
  expect([page.state.value.status, page.shownPrices()]).toEqual(['loaded', []])
  await of('/packages').answer(prices('run'))
  expect(page.shownPrices()).toEqual(['single-of-run'])
})

test('prices of the event before never stand beside another one, however late they come or where its own do not', async () => {
  using page = await open()
  const ofRun = of('/packages')
  await ofRun.answer(prices('run'))
  page.slug.value = 'fair'
  await nextTick()
  expect(page.shownPrices()).toEqual([])
  await of('/events/fair').answer(event('fair'))
  await of('/packages').answer(refusal(503, 'unavailable'))
  expect([page.state.value.status, page.shownPrices()]).toEqual(['loaded', []])
})

test('prices that were asked for are dropped once another event is opened', async () => {
  using page = await open()
  const late = of('/packages')
  page.slug.value = 'fair'
  await nextTick()
  expect(late.isAborted).toBe(true)
  await of('/events/fair').answer(event('fair'))
  await of('/packages').answer(prices('fair'))
  await late.answer(prices('run'))
  expect(page.shownPrices()).toEqual(['single-of-fair'])
})
