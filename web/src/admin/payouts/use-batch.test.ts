import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'
import { useBatch } from './use-batch.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const batch = (id: string, state: string) => ({ batch: { id, state }, lines: [] })

async function open() {
  const id = ref('a')
  const scope = effectScope()
  const page = scope.run(() => useBatch(() => id.value))!
  await asked[0]!.answer(batch('a', 'draft'))
  const shown = () => page.now.value && [page.now.value.batch.id, page.now.value.batch.state]
  return { ...page, id, shown, [Symbol.dispose]: () => scope.stop() }
}

test('what is done with a batch is shown at once, and done once however often it is pressed', async () => {
  using page = await open()
  void page.discard()
  void page.discard()
  expect(asked).toHaveLength(2)
  await asked[1]!.answer(batch('a', 'discarded'))
  expect([page.shown(), page.busy.value]).toEqual([['a', 'discarded'], false])
})

test('another batch is not replaced by what was done with the one before, nor asked about its lines', async () => {
  using page = await open()
  page.asking.value = page.again.value = true
  page.bouncing.value = { id: 'line of a' } as never
  void page.discard()
  page.id.value = 'b'
  await nextTick()
  await asked[2]!.answer(batch('b', 'approved'))
  await asked[1]!.answer(batch('a', 'discarded'))
  expect(page.shown()).toEqual(['b', 'approved'])
  expect([page.asking.value, page.again.value, page.bouncing.value]).toEqual([false, false, undefined])
})

test('a refusal is said, and the batch stays as it is', async () => {
  using page = await open()
  void page.discard()
  await asked[1]!.answer(refusal(409, 'illegal_state'))
  expect([page.shown(), page.problem.value]).toEqual([['a', 'draft'], expect.stringMatching(/\S/)])
})
