import { listEvents } from '@pix/contracts/events.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount } from '../../base/browser-testing.ts'
import { call } from '../../base/api.ts'

await import('../../shell/words-testing.ts')
const { useEventChoice } = await import('./use-event-choice.ts')

let asked: Asked[]
let router: Router
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] })
})
afterEach(() => vi.unstubAllGlobals())

const page = (nextCursor: string | null, ...ids: string[]) => ({ items: ids.map(id => ({ id })), nextCursor })
async function open(address: string) {
  await router.push(address)
  const choice = mount(
    () => useEventChoice((query, signal) => call(listEvents, { query: { scope: 'organized', ...query } }, { signal })),
    router,
  )
  const shown = () => {
    const { value } = choice.pages.state
    return value.status === 'loaded' ? value.value.items.map(({ id }) => id) : value.status
  }
  return Object.assign(choice, { shown })
}

test('the events below the first page are reached, so that none is left out without a word', async () => {
  using choice = await open('/')
  await asked[0]!.answer(page('next', 'a'))
  void choice.pages.more()
  expect(asked[1]!.query).toEqual({ scope: 'organized', limit: '50', cursor: 'next' })
  await asked[1]!.answer(page(null, 'b'))
  expect(choice.shown()).toEqual(['a', 'b'])
})

test('what is looked for stands in the address beside what else it says, and asks again', async () => {
  using choice = await open('/?studio=s&text=+run+&status=never')
  expect(asked[0]!.query).toEqual({ scope: 'organized', limit: '50', text: 'run' })
  expect(choice.isNarrowed.value).toBe(true)
  await choice.narrow({ status: 'archived' })
  await nextTick()
  expect(router.currentRoute.value.query).toEqual({ studio: 's', status: 'archived' })
  expect(asked[1]!.query).toEqual({ scope: 'organized', limit: '50', status: 'archived' })
  await choice.narrow({})
  await nextTick()
  expect([router.currentRoute.value.query, choice.isNarrowed.value]).toEqual([{ studio: 's' }, false])
})
