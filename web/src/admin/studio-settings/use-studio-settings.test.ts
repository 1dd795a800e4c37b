import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'
import { useStudioSettings } from './use-studio-settings.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settings = (isComing: boolean, th = 'เดิม') => ({
  name: { th, en: th },
  logo: { url: null, fault: null, isComing },
})

function open() {
  const scope = effectScope()
  const page = scope.run(() => useStudioSettings('s'))!
  const shown = () => (page.state.value.status === 'loaded' ? page.state.value.value : page.state.value.status)
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a logo that is sent is waited for until it was read', async () => {
  using page = open()
  await asked[0]!.answer(settings(false))
  void page.sendLogo(new File(['logo'], 'logo.png'))
  await asked[1]!.answer(settings(true))
  await pass(1_500)
  await asked[2]!.answer(settings(false))
  await pass(60_000)
  expect([page.shown(), asked.length]).toEqual([settings(false), 3])
})

test('a logo that was being read when the page was opened is waited for, too', async () => {
  using page = open()
  await asked[0]!.answer(settings(true))
  await pass(1_500)
  await asked[1]!.answer(settings(false))
  expect(page.shown()).toEqual(settings(false))
})

test('a name that was saved while a logo is read is not replaced by the one before', async () => {
  using page = open()
  await asked[0]!.answer(settings(true))
  await pass(1_500)
  void page.saveLook({ name: { th: 'ใหม่', en: 'ใหม่' }, accentColor: null })
  await asked[2]!.answer(settings(true, 'ใหม่'))
  await asked[1]!.answer(settings(false))
  expect(page.shown()).toEqual(settings(true, 'ใหม่'))
})

test('what is refused is said by its section, and what is there stays', async () => {
  using page = open()
  await asked[0]!.answer(settings(false))
  const refused = page.removeLogo().catch((error: unknown) => error)
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect(await refused).toMatchObject({ code: 'unavailable' })
  expect(page.shown()).toEqual(settings(false))
})

test('a page that was left asks for no logo, though its last request fails or still waits for one', async () => {
  for (const last of [settings(true), refusal(503, 'unavailable')]) {
    asked.length = 0
    const page = open()
    await asked[0]!.answer(settings(true))
    await pass(1_500)
    page[Symbol.dispose]()
    await asked[1]!.answer(last)
    await pass(60_000)
    expect(asked).toHaveLength(2)
  }
})
