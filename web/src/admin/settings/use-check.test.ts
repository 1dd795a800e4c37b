import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Check } from './use-check.ts'

await import('../../shell/words-testing.ts')
const { useCheck } = await import('./use-check.ts')

type Run = { signal: AbortSignal; report: (check: Check) => void; fail: () => Promise<void> }
let runs: Run[]
beforeEach(() => (runs = []))
afterEach(() => vi.unstubAllGlobals())

function open() {
  const scope = effectScope()
  const used = scope.run(() =>
    useCheck(
      (signal, report) =>
        new Promise((_, reject) => {
          const fail = async () => {
            reject(new Error('no line'))
            await new Promise(setImmediate)
          }
          runs.push({ signal, report, fail })
        }),
    ),
  )!
  return { ...used, [Symbol.dispose]: () => scope.stop() }
}
const passed: Check = { status: 'passed', text: 'it works' }

test('a check that could not be done has failed, with a sentence, and can be done again', async () => {
  using page = open()
  const first = page.start()
  expect(page.check.value).toEqual({ status: 'checking' })
  await runs[0]!.fail()
  await first
  expect(page.check.value).toMatchObject({ status: 'failed', text: expect.stringMatching(/\S/) })
  void page.start()
  runs[1]!.report(passed)
  expect(page.check.value).toEqual(passed)
})

test('a check that is begun again says nothing more of the one before', async () => {
  using page = open()
  const first = page.start()
  void page.start()
  runs[1]!.report(passed)
  runs[0]!.report({ status: 'failed', text: 'late' })
  await runs[0]!.fail()
  await first
  expect([page.check.value, runs[0]!.signal.aborted]).toEqual([passed, true])
})

test('a page that was left ends its check', () => {
  const page = open()
  void page.start()
  page[Symbol.dispose]()
  runs[0]!.report(passed)
  expect([runs[0]!.signal.aborted, page.check.value]).toEqual([true, { status: 'checking' }])
})
