import type { FoundEvent } from '@pix/contracts/found.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useMyPhotos } = await import('./use-my-photos.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

const event = (id: string) => ({ id }) as FoundEvent['event']
const found = (...ids: string[]) => ({ items: ids.map(id => ({ event: { id } })) })
const last = () => asked.at(-1)!

async function open() {
  const scope = effectScope()
  const page = scope.run(useMyPhotos)!
  await asked[0]!.answer(found('run', 'fair'))
  const shown = () => {
    const state = page.state.value
    return state.status === 'loaded' ? state.value.map(({ event }) => event.id) : state.status
  }
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}

test('what is forgotten leaves the list, once however often it is pressed', async () => {
  using page = await open()
  let forgotten = 0
  page.asking.value = event('run')
  const done = page.forget(() => (forgotten += 1))
  void page.forget(() => (forgotten += 1))
  await settled()
  await last().answer()
  await done
  expect([page.shown(), page.asking.value, forgotten, asked.length]).toEqual([['fair'], null, 1, 2])
})

test('a failure is said in the dialog, which stays; the dialog about another event begins without it', async () => {
  using page = await open()
  page.asking.value = event('run')
  const done = page.forget(() => expect.unreachable())
  await settled()
  await last().answer(refusal(503, 'unavailable'))
  await done
  expect([page.shown(), page.asking.value?.id, page.problem.value]).toEqual([
    ['run', 'fair'],
    'run',
    expect.stringMatching(/\S/),
  ])
  page.asking.value = event('fair')
  await nextTick()
  expect(page.problem.value).toBeUndefined()
})

test('a dialog that was opened meanwhile about another event stays open', async () => {
  using page = await open()
  page.asking.value = event('run')
  const done = page.forget(() => undefined)
  await settled()
  page.asking.value = event('fair')
  await last().answer()
  await done
  expect([page.shown(), page.asking.value.id]).toEqual([['fair'], 'fair'])
})

test('after a sign-in the list is the account’s, and one that was asked for before an event was forgotten is not shown', async () => {
  using page = await open()
  page.asking.value = event('run')
  const done = page.forget(() => undefined)
  await settled()
  page.session.changed({ id: 'mali' } as never)
  await nextTick()
  const [forgetting, list] = asked.slice(1)
  await forgetting!.answer()
  await done
  await list!.answer(found('run', 'fair', 'of-the-account'))
  await last().answer(found('fair', 'of-the-account'))
  expect(page.shown()).toEqual(['fair', 'of-the-account'])
})
