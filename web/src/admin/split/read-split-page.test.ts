import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, refusal, settled } from '../../base/browser-testing.ts'
import { readSplitPage } from './read-split-page.ts'

let asked: Asked[]
beforeEach(() => {
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

const event = (id: string) => ({ id, name: { th: id, en: id } })
const { signal } = new AbortController()

async function read(eventId: string | undefined, found?: object | Response) {
  asked.length = 0
  const reading = readSplitPage('s', eventId, signal)
  await asked[0]!.answer({ studioId: 's', events: [event('new')] })
  await settled()
  if (found) await asked[1]!.answer(found)
  const { events, chosen } = await reading
  return { asked: asked.map(({ path }) => path), events: events.map(({ id }) => id), chosen }
}

test('the event of the address is chosen, also one that is too old for the list', async () => {
  expect(await read('new')).toEqual({ asked: ['/api/split-rules?studio=s'], events: ['new'], chosen: 'new' })
  expect(await read('old', { studioId: 's', event: event('old') })).toEqual({
    asked: ['/api/split-rules?studio=s', '/api/events/old/split-rule'],
    events: ['old', 'new'],
    chosen: 'old',
  })
})

test('an address without an event, or with one that is not this studio’s, chooses none', async () => {
  expect((await read(undefined)).chosen).toBeUndefined()
  expect(await read('x', { studioId: 'other', event: event('x') })).toMatchObject({
    events: ['new'],
    chosen: undefined,
  })
  expect(await read('x', refusal(404, 'not_found'))).toMatchObject({ events: ['new'], chosen: undefined })
})
