import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount, settled } from '../../base/browser-testing.ts'
import { useMyPhotos } from './use-my-photos.ts'

let asked: Asked[]
let router: Router
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/photos', component: { render: () => null } }],
  })
})
afterEach(() => vi.unstubAllGlobals())

async function open(address: string) {
  await router.push(address)
  const page = mount(() => useMyPhotos('run'), router)
  const { state } = page.pages
  const shown = () =>
    state.value.status === 'loaded' ? state.value.value.items.map(({ id }) => id) : state.value.status
  return Object.assign(page, { shown })
}
const page = (...ids: string[]) => ({ items: ids.map(id => ({ id })), nextCursor: null, counts: { failed: 1 } })
const filters = () => asked.map(({ query: { state, approval } }) => ({ state, approval }))

test('the filter stands in the address: a link has it, and Back goes to the one before', async () => {
  using photos = await open('/photos?show=failed')
  expect([photos.filter.value, filters()]).toEqual(['failed', [{ state: 'failed', approval: undefined }]])
  await photos.choose('waiting')
  expect(router.currentRoute.value.fullPath).toBe('/photos?show=waiting')
  router.back()
  await settled()
  expect([photos.filter.value, filters().map(({ state }) => state)]).toEqual([
    'failed',
    ['failed', 'processed', 'failed'],
  ])
  await photos.choose('all')
  expect(router.currentRoute.value.fullPath).toBe('/photos')
})

test('under a filter its own photos are shown, though those of the one before come later', async () => {
  using photos = await open('/photos')
  await photos.choose('rejected')
  await asked[1]!.answer(page('refused'))
  await asked[0]!.answer(page('any'))
  expect([photos.shown(), photos.facts.value?.counts.failed]).toEqual([['refused'], 1])
})

test('a filter that there is not shows all', async () => {
  using photos = await open('/photos?show=toString')
  expect([photos.filter.value, filters()]).toEqual(['all', [{ state: undefined, approval: undefined }]])
})
