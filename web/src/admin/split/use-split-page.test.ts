import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { useSplitPage } = await import('./use-split-page.ts')

let asked: Asked[]
let users = 0
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  setActivePinia(createPinia())
  useSession().changed({ id: `manager-${(users += 1)}`, role: null } as never)
})
afterEach(() => vi.unstubAllGlobals())

/** Of those whose answer somebody waits for. */
const lastAsked = () => asked.findLast(one => !one.isAborted)!
const rulesOf = (studioId: string, ...rules: string[]) => ({ studioId, rules })

/** The shares of the first of two studios. */
async function open() {
  const routes = [{ path: '/split', component: { render: () => null }, meta: { needs: 'manager' as const } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/split')
  const page = mount(() => useSplitPage(() => undefined), router)
  const studios = ['first', 'second'].map(id => ({ id, role: 'manager' }))
  await asked[0]!.answer({ items: studios })
  await lastAsked().answer(rulesOf('first', 'old'))
  return Object.assign(page, { router })
}

test('what one form saved is read again under the others: the page stays, and shows the new rules once they are there', async () => {
  using page = await open()
  const again = page.again()
  expect(page.page.value).toMatchObject({ rules: ['old'] })
  await lastAsked().answer(rulesOf('first', 'new', 'old'))
  await again
  expect([lastAsked().query, page.page.value?.rules, page.isOld.value]).toEqual([
    { studio: 'first' },
    ['new', 'old'],
    false,
  ])
})

test('rules that cannot be read again take no form away: the page says that they are those from before', async () => {
  using page = await open()
  void page.again()
  await lastAsked().breaks()
  expect([page.page.value?.rules, page.isOld.value]).toEqual([['old'], true])
  void page.again()
  await lastAsked().answer(rulesOf('first', 'new', 'old'))
  expect([page.page.value?.rules, page.isOld.value]).toEqual([['new', 'old'], false])
})

test('another studio that was chosen meanwhile is not taken over by the answer about the first', async () => {
  using page = await open()
  void page.again()
  const late = lastAsked()
  await page.router.push('/split?studio=second')
  await settled()
  await lastAsked().answer(rulesOf('second', 'theirs'))
  await late.answer(rulesOf('first', 'new', 'old'))
  expect(page.page.value).toMatchObject({ studioId: 'second', rules: ['theirs'] })
})
