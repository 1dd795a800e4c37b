import { afterEach, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { apiByHand, beginVisit, browserEvents, mount, refusal, settled } from '../../../base/browser-testing.ts'
import { useRefused } from './use-refused.ts'

await import('../../../shell/words-testing.ts')
afterEach(() => vi.unstubAllGlobals())

const listOf = (...addresses: string[]) => ({ items: addresses.map(address => ({ address })), nextCursor: null })

/** The list with two addresses. */
async function open(q = ref('')) {
  await beginVisit()
  const asked = apiByHand()
  browserEvents()
  const page = mount(() => useRefused(q))
  await asked[0]!.answer(listOf('gone@one.test', 'gone@two.test'))
  const { state } = page.pages
  const shown = () => (state.value.status === 'loaded' ? state.value.value.items.map(({ address }) => address) : null)
  return Object.assign(page, { asked, q, shown })
}

test('an address that is taken off is gone from the list, and the page says so once', async () => {
  using page = await open()
  const done = vi.fn<() => void>()
  void page.lift('gone@one.test', done)
  // A second press while the first is under way is none.
  void page.lift('gone@one.test', done)
  await settled()
  expect(page.asked.slice(1)).toMatchObject([{ method: 'POST', body: { address: 'gone@one.test' } }])
  await page.asked[1]!.answer()
  expect(page.shown()).toEqual(['gone@two.test'])
  expect(done).toHaveBeenCalledOnce()
})

test('what fails is said in a sentence, and the address stays', async () => {
  using page = await open()
  void page.lift('gone@one.test', () => expect.unreachable())
  await settled()
  await page.asked[1]!.answer(refusal(503, 'unavailable'))
  expect(page.problem.value).toMatch(/\S/)
  expect(page.shown()).toEqual(['gone@one.test', 'gone@two.test'])
})

test('another search begins the list again', async () => {
  using page = await open()
  page.q.value = 'two'
  await nextTick()
  expect(page.asked[1]!.query).toEqual({ limit: '50', q: 'two' })
  await page.asked[1]!.answer(listOf('gone@two.test'))
  expect(page.shown()).toEqual(['gone@two.test'])
})
