import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { mount, settled } from '../../base/browser-testing.ts'
import { useNarrowing } from './use-narrowing.ts'

async function open(query: string) {
  const routes = [{ path: '/event', component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/event${query}`)
  const page = mount(() => useNarrowing(() => ['anna', 'lek']), router)
  return Object.assign(page, { address: () => router.currentRoute.value.fullPath })
}

test.each(['?from=2000&to=1000', '?from=x&to=2000', '?from=1000', '?from=1000&from=2000&to=3000', '?from=-5&to=5'])(
  'a time in the address that is none (%s) narrows nothing',
  async query => {
    using page = await open(query)
    expect(page.range.value).toBe(null)
  },
)

test('a photographer who is not of the event narrows nothing', async () => {
  using page = await open('?by=somebody-else')
  expect(page.takenBy.value).toBe(null)
})

test('the address keeps what narrows, beside what else it says, and all of it goes at once', async () => {
  using page = await open('?photo=p')
  page.range.value = { from: 1_000, to: 2_000 }
  await settled()
  page.takenBy.value = 'lek'
  await settled()
  expect([page.address(), page.range.value, page.takenBy.value]).toEqual([
    '/event?photo=p&from=1000&to=2000&by=lek',
    { from: 1_000, to: 2_000 },
    'lek',
  ])
  page.showAll()
  await settled()
  expect([page.address(), page.range.value, page.takenBy.value]).toEqual(['/event?photo=p', null, null])
})
