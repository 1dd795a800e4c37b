import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, browserEvents, mount, refusal } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useOffer } = await import('./use-offer.ts')

let asked: Asked[]
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

test('the share is what the api answers, and none is said before it has, where it fails and where nobody gets any', async () => {
  using offer = mount(useOffer)
  expect(offer.share.value).toBeUndefined()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect([offer.state.value.status, offer.share.value]).toEqual(['failed', undefined])
  void offer.load()
  await asked[1]!.answer({ share: { leastBp: 4_500, mostBp: 5_500 } })
  expect([asked[1]!.path, offer.share.value]).toEqual(['/api/photographer-offer', '45–55%'])
  void offer.load()
  await asked[2]!.answer({ share: null })
  expect(offer.share.value).toBeUndefined()
})
