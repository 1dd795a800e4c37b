import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useTransfer } = await import('./use-transfer.ts')

let asked: Asked[]
let browser: ReturnType<typeof browserEvents>
let paid: number
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browser = browserEvents()
  paid = 0
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const transfer = (orderStatus: string, ...states: string[]) => ({
  orderStatus,
  slips: states.map(state => ({ state })),
})
const SLIP = new File(['slip'], 'slip.jpg')

function open() {
  const scope = effectScope()
  const page = scope.run(() => useTransfer('o', () => (paid += 1)))!
  const slips = () =>
    page.view.value.status === 'shown'
      ? page.view.value.transfer.slips.map(({ state }) => state)
      : page.view.value.status
  return { ...page, slips, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a slip that was sent stays on the page, though an answer from before it comes later', async () => {
  using page = open()
  await asked[0]!.answer(transfer('awaiting_payment'))
  // Choosing the picture hides the page; back on it everything is asked for anew.
  await browser.show('hidden')
  await browser.show('visible')
  void page.send(SLIP)
  expect((asked[2]!.body as FormData).get('slip')).toMatchObject({ name: 'slip.jpg' })
  await asked[2]!.answer(transfer('awaiting_payment', 'reading'))
  await asked[1]!.answer(transfer('awaiting_payment'))
  expect(page.slips()).toEqual(['reading'])
  await pass(2_000)
  expect(asked).toHaveLength(4)
})

test('a slip is looked at often while it is read and rarely while a person looks for the money; with nothing sent not at all', async () => {
  using page = open()
  await asked[0]!.answer(transfer('awaiting_payment'))
  await pass(120_000)
  expect(asked).toHaveLength(1)
  void page.send(SLIP)
  await asked[1]!.answer(transfer('awaiting_payment', 'reading'))
  await pass(2_000)
  await asked[2]!.answer(transfer('awaiting_payment', 'waiting'))
  await pass(14_900)
  expect(asked).toHaveLength(3)
  await pass(100)
  expect(asked).toHaveLength(4)
})

test('an order that is paid leads on once, and nothing is asked any more', async () => {
  using page = open()
  await asked[0]!.answer(transfer('awaiting_payment', 'waiting'))
  await pass(15_000)
  await asked[1]!.answer(transfer('paid', 'arrived'))
  await browser.show('visible')
  await pass(60_000)
  expect([page.slips(), paid, asked.length]).toEqual([['arrived'], 1, 2])
})

test('a bad connection leaves what is there and asks again, once for each wait', async () => {
  using page = open()
  await asked[0]!.answer(transfer('awaiting_payment', 'waiting'))
  await browser.show('visible')
  await browser.show('visible')
  await asked[2]!.breaks()
  await pass(15_000)
  expect([page.slips(), asked.length]).toEqual([['waiting'], 4])
})

test("an order that is not this buyer's is unknown, and a page that does not load says why and can ask again", async () => {
  using unknown = open()
  await asked[0]!.answer(refusal(404, 'not_found'))
  expect(unknown.view.value).toEqual({ status: 'unknown' })
  using failed = open()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect(failed.view.value).toMatchObject({ status: 'failed', message: expect.stringMatching(/\S/) })
  void failed.load()
  await asked[2]!.answer(transfer('awaiting_payment'))
  expect(failed.slips()).toEqual([])
})

test('a slip that is refused is said by the form, and what was there stays', async () => {
  using page = open()
  await asked[0]!.answer(transfer('awaiting_payment', 'not_arrived'))
  const refused = page.send(SLIP).catch((error: unknown) => error)
  await asked[1]!.answer(refusal(415, 'not_an_image'))
  expect(await refused).toMatchObject({ code: 'not_an_image' })
  expect(page.slips()).toEqual(['not_arrived'])
})

test('a page that was left leads nowhere and asks for nothing', async () => {
  const page = open()
  await asked[0]!.answer(transfer('awaiting_payment', 'reading'))
  await pass(2_000)
  page[Symbol.dispose]()
  await asked[1]!.answer(transfer('paid'))
  await browser.show('visible')
  await settled()
  await pass(60_000)
  expect([paid, asked.length]).toEqual([0, 2])
})
