import { afterEach, expect, test, vi } from 'vitest'
import { apiByHand, beginVisit, browserEvents, mount, refusal, settled } from '../../base/browser-testing.ts'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { useReportChoice } = await import('./use-report-choice.ts')
afterEach(() => vi.unstubAllGlobals())

async function open(studioId?: string) {
  await beginVisit()
  const asked = apiByHand()
  browserEvents()
  const page = mount(() => useReportChoice(studioId))
  await asked[0]!.answer({ periods: ['weekly'], locale: 'th' })
  return Object.assign(page, { asked })
}

test('a report that is chosen joins those before, in their order, and the page says so once it is kept', async () => {
  using page = await open('of-a-studio')
  const saved = vi.fn<() => void>()
  void page.choose('daily', true, saved)
  await settled()
  expect(page.asked[1]).toMatchObject({ query: { studio: 'of-a-studio' }, body: { periods: ['daily', 'weekly'] } })
  expect(saved).not.toHaveBeenCalled()
  await page.asked[1]!.answer({ periods: ['daily', 'weekly'], locale: 'th' })
  expect(page.state.value).toMatchObject({ value: { periods: ['daily', 'weekly'] } })
  expect(saved).toHaveBeenCalledOnce()
})

test('what is not kept stays as it was, and is said in a sentence', async () => {
  using page = await open()
  void page.choose('weekly', false, () => expect.unreachable())
  await settled()
  expect(page.asked[1]).toMatchObject({ query: {}, body: { periods: [] } })
  await page.asked[1]!.answer(refusal(503, 'unavailable'))
  expect(page.problem.value).toMatch(/\S/)
  expect(page.state.value).toMatchObject({ value: { periods: ['weekly'] } })
})
