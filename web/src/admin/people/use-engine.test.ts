import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useEngine } = await import('./use-engine.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  asked = apiByHand()
  browserEvents()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function pause() {
  await vi.advanceTimersByTimeAsync(3_000)
  await settled()
}
function open() {
  const scope = effectScope()
  const page = scope.run(() => useEngine('event'))!
  return { ...page, [Symbol.dispose]: () => scope.stop() }
}

test('while the engine changes it is asked for again, also after a request that failed, and not once it is settled', async () => {
  using page = open()
  await asked[0]!.answer({ state: 'changing' })
  await pause()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect(page.engine.value).toEqual({ state: 'changing' })
  await pause()
  await asked[2]!.answer({ state: 'settled' })
  await pause()
  expect([page.engine.value, asked.length]).toEqual([{ state: 'settled' }, 3])
})

test('an answer from before a change does not undo it, and the change is followed', async () => {
  using page = open()
  await asked[0]!.answer({ state: 'changing', n: 1 })
  await pause()
  const cancelled = page.cancel()
  await settled()
  await asked[2]!.answer({ state: 'changing', n: 2 })
  await cancelled
  await asked[1]!.answer({ state: 'changing', n: 1 })
  expect(page.engine.value).toEqual({ state: 'changing', n: 2 })
  await pause()
  expect(asked).toHaveLength(4)
})

test('a change that is refused is its dialog’s to say, and the page goes on with what it had', async () => {
  using page = open()
  await asked[0]!.answer({ state: 'settled' })
  const changed = page.change('face-api').catch((error: unknown) => error)
  await settled()
  await asked[1]!.answer(refusal(409, 'illegal_state'))
  expect([await changed, page.engine.value]).toEqual([
    expect.objectContaining({ code: 'illegal_state' }),
    { state: 'settled' },
  ])
})

test('a page whose engine does not come goes on without it', async () => {
  using page = open()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect(page.engine.value).toBeUndefined()
})
