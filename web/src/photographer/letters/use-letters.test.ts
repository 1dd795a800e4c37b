import type { LetterChoices } from '@pix/contracts/letter-choices.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { apiByHand, beginVisit, browserEvents, mount, refusal, settled } from '../../base/browser-testing.ts'
import { useLetters } from './use-letters.ts'

await import('../../shell/words-testing.ts')
afterEach(() => vi.unstubAllGlobals())

const KEPT: LetterChoices = { morning: false, firstSale: true, refused: true, organized: true, locale: 'en' }

async function open() {
  await beginVisit()
  const asked = apiByHand()
  browserEvents()
  const page = mount(useLetters)
  await asked[0]!.answer(KEPT)
  return Object.assign(page, { asked })
}

test('the form begins with what is kept, and what is chosen is sent whole', async () => {
  using page = await open()
  expect(page.draft).toEqual(KEPT)
  page.draft.morning = true
  const saved = vi.fn<() => void>()
  void page.save(saved)
  await settled()
  expect(page.asked[1]!.body).toEqual({ ...KEPT, morning: true })
  await page.asked[1]!.answer({ ...KEPT, morning: true })
  expect(saved).toHaveBeenCalledOnce()
})

test('a choice that could not be kept stays in the form, and is said in a sentence', async () => {
  using page = await open()
  page.draft.refused = false
  void page.save(() => expect.unreachable())
  await settled()
  await page.asked[1]!.answer(refusal(503, 'unavailable'))
  expect([page.draft.refused, page.problem.value]).toEqual([false, expect.stringMatching(/\S/)])
})
