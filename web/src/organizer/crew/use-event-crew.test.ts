import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useEventCrew } = await import('./use-event-crew.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const crewOf = (mayChange: boolean, ...names: string[]) => ({
  studioId: 'studio',
  organizer: null,
  mayInvite: true,
  mayChange,
  items: names.map(name => ({ userId: name, name })),
  nextCursor: null,
})
const nobody = { items: [], nextCursor: null }
const last = (method: string) => asked.findLast(request => request.method === method)!
const shown = ({ state }: ReturnType<typeof useEventCrew>['crew']) =>
  state.value.status === 'loaded' ? state.value.value.items.map(({ userId }) => userId) : state.value.status

async function open(mayChange = true) {
  const scope = effectScope()
  const crew = scope.run(() => useEventCrew('event'))!
  await asked[0]!.answer(crewOf(mayChange, 'lek', 'nok'))
  if (mayChange) await asked[2]!.answer({ items: [{ userId: 'ton' }], nextCursor: null })
  await asked[1]!.answer(nobody)
  return { ...crew, [Symbol.dispose]: () => scope.stop() }
}

test('members of the studio are asked for once, and where they may be put on the event alone', async () => {
  using mine = await open()
  void mine.crew.refresh()
  await last('GET').answer(crewOf(true, 'lek'))
  expect([shown(mine.crew), mine.members.value.length, asked.length]).toEqual([['lek'], 1, 4])

  asked.length = 0
  using theirs = await open(false)
  expect([shown(theirs.crew), theirs.members.value.length, asked.length]).toEqual([['lek', 'nok'], 0, 2])
})

test('all members of a large studio can be chosen, not the first hundred of them', async () => {
  const scope = effectScope()
  const { members } = scope.run(() => useEventCrew('event'))!
  await asked[0]!.answer(crewOf(true, 'lek'))
  await asked[2]!.answer({ items: [{ userId: 'ton' }], nextCursor: 'next' })
  expect(last('GET').query).toEqual({ limit: '100', cursor: 'next' })
  await last('GET').answer({ items: [{ userId: 'nok' }], nextCursor: null })
  expect(members.value.map(({ userId }) => userId)).toEqual(['ton', 'nok'])
  scope.stop()
})

test('who is removed stays on the screen until the list without them is there', async () => {
  using event = await open()
  void event.remove('nok')
  await last('DELETE').answer()
  expect(shown(event.crew)).toEqual(['lek', 'nok'])
  await last('GET').answer(crewOf(true, 'lek'))
  expect([shown(event.crew), event.busy.value]).toEqual([['lek'], false])
})

test('a refusal is said, and the list is as it was', async () => {
  using event = await open()
  void event.trust('lek', true)
  await last('PUT').answer(refusal(409, 'illegal_state'))
  expect([shown(event.crew), event.problem.value]).toEqual([['lek', 'nok'], expect.stringMatching(/\S/)])
})
