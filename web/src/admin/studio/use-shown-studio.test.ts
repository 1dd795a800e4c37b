import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { useShownStudio } = await import('./use-shown-studio.ts')
const { chooseStudio } = await import('./use-studio.ts')

let asked: Asked[]
let page: ReturnType<typeof browserEvents>
let users = 0
beforeEach(() => {
  asked = apiByHand()
  page = browserEvents()
  setActivePinia(createPinia())
  chooseStudio('none')
  useSession().changed({ id: `owner-${(users += 1)}`, role: null } as never)
})
afterEach(() => vi.unstubAllGlobals())

async function open() {
  const routes = [{ path: '/desk', component: { render: () => null }, meta: { needs: 'manager' as const } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/desk')
  return mount(useShownStudio, router)
}
const STUDIOS = {
  items: [
    { id: 'first', role: 'owner' },
    { id: 'second', role: 'owner' },
  ],
}

test('studios that do not come are said, and asked for again when the net is back', async () => {
  using console = await open()
  await asked[0]!.breaks()
  expect([console.state.value.status, console.shown.value]).toEqual(['failed', undefined])
  await page.goOnline()
  await asked[1]!.answer(STUDIOS)
  expect(console.shown.value?.id).toBe('first')
})

test('the page is of the studio that is chosen, and the studios are asked for once', async () => {
  using console = await open()
  await asked[0]!.answer(STUDIOS)
  chooseStudio('second')
  await settled()
  expect([console.shown.value?.id, asked.length]).toEqual(['second', 1])
})
