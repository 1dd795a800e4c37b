import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'
import { useStatementFile } from './use-statement-file.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
let ready: number
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  ready = 0
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pdf = (state: string, id = '1') => ({ id, state })
const of = { party: 'photographer', range: { from: '2026-11-01', to: '2026-11-30' } }

function open() {
  const scope = effectScope()
  const page = scope.run(() =>
    useStatementFile(
      of as Parameters<typeof useStatementFile>[0],
      () => 'th',
      () => (ready += 1),
    ),
  )!
  const shown = () => (page.state.value.status === 'loaded' ? page.state.value.value : page.state.value.status)
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a PDF that is being drawn is asked for until it is ready, ever more slowly, and that is said once', async () => {
  using page = open()
  await asked[0]!.answer({ file: pdf('queued') })
  await pass(1_500)
  await asked[1]!.answer({ file: pdf('drawing') })
  await pass(1_500)
  expect(asked).toHaveLength(2)
  await pass(300)
  await asked[2]!.answer({ file: pdf('ready') })
  await pass(60_000)
  expect([page.shown(), ready, asked.length]).toEqual([pdf('ready'), 1, 3])
})

test('a PDF that was there already is no news', async () => {
  using page = open()
  await asked[0]!.answer({ file: pdf('ready') })
  await pass(60_000)
  expect([page.shown(), ready, asked.length]).toEqual([pdf('ready'), 0, 1])
})

test('one that is asked for anew is waited for from the first pause, once however often it is asked for', async () => {
  using page = open()
  await asked[0]!.answer({ file: null })
  void page.ask()
  void page.ask()
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ['GET', undefined],
    ['POST', { ...of.range, locale: 'th' }],
  ])
  await asked[1]!.answer(pdf('queued'))
  await pass(1_500)
  await asked[2]!.answer({ file: pdf('failed') })
  expect([page.shown(), ready]).toEqual([pdf('failed'), 0])
  void page.ask()
  await asked[3]!.answer(pdf('queued', '2'))
  await pass(1_500)
  expect(asked).toHaveLength(5)
})

test('a failure of asking is said, and what is there stays', async () => {
  using page = open()
  await asked[0]!.answer({ file: pdf('ready') })
  void page.ask()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect([page.shown(), page.problem.value, page.busy.value]).toEqual([
    pdf('ready'),
    expect.stringMatching(/\S/),
    false,
  ])
})

test('a page that was left waits for no PDF', async () => {
  const page = open()
  await asked[0]!.answer({ file: pdf('drawing') })
  await pass(1_500)
  page[Symbol.dispose]()
  await asked[1]!.answer({ file: pdf('ready') })
  await pass(60_000)
  expect([ready, asked.length]).toEqual([0, 2])
})
