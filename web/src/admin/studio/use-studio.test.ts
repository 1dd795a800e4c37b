import type { NeededStanding } from '@pix/domain/standing.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { chooseStudio, useStudio } = await import('./use-studio.ts')

let asked: Asked[]
let users = 0
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  setActivePinia(createPinia())
  chooseStudio('none')
  // Studios are known for one person: another one's are asked for.
  useSession().changed({ id: `user-${(users += 1)}`, role: null } as never)
})
afterEach(() => vi.unstubAllGlobals())

const STUDIOS = [
  { id: 'managed', role: 'manager' },
  { id: 'owned', role: 'owner' },
  { id: 'sold', role: 'sales' },
]

async function open(needs: NeededStanding, query = '') {
  const component = { render: () => null }
  const routes = [{ path: '/list', component, meta: { needs } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/list${query}`)
  return mount(useStudio, router)
}
async function namedBy(page: Awaited<ReturnType<typeof open>>, items: object[] = STUDIOS) {
  const named = page.namedStudio()
  await asked.at(-1)?.answer({ items, nextCursor: null })
  return named
}

test('a list is asked for by the studio that its page is about, though the person works in others with less standing', async () => {
  using owners = await open('owner')
  expect(await namedBy(owners)).toEqual({ studio: 'owned' })
  using managers = await open('manager')
  expect(await managers.namedStudio()).toEqual({ studio: 'managed' })
})

test('a studio beyond the first hundred is the one of its address', async () => {
  using page = await open('manager', '?studio=far')
  const named = page.namedStudio()
  await asked[0]!.answer({ items: STUDIOS, nextCursor: 'c1' })
  expect(asked[1]!.query['cursor']).toBe('c1')
  await asked[1]!.answer({ items: [{ id: 'far', role: 'manager' }], nextCursor: null })
  expect(await named).toEqual({ studio: 'far' })
})

test('of several studios it is the one of the address, else the one chosen last, else the first', async () => {
  using page = await open('manager')
  expect(await namedBy(page)).toEqual({ studio: 'managed' })
  chooseStudio('owned')
  expect(await page.namedStudio()).toEqual({ studio: 'owned' })
  using linked = await open('manager', '?studio=managed')
  expect(await linked.namedStudio()).toEqual({ studio: 'managed' })
  using elsewhere = await open('manager', '?studio=of-somebody-else')
  expect(await elsewhere.namedStudio()).toEqual({ studio: 'owned' })
})

test('a list is not asked for without its studio when the studios do not come', async () => {
  using page = await open('manager')
  const named = page.namedStudio().catch((error: unknown) => error)
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect(await named).toMatchObject({ code: 'unavailable' })
})

test('who signs in after another person does not work in the studios of that one', async () => {
  using page = await open('manager')
  await namedBy(page)
  expect(page.studio.value?.id).toBe('managed')
  useSession().changed({ id: 'another', role: null } as never)
  await settled()
  expect([page.studio.value, page.studios.value]).toEqual([undefined, []])
  expect(await namedBy(page, [{ id: 'hers', role: 'manager' }])).toEqual({ studio: 'hers' })
})
