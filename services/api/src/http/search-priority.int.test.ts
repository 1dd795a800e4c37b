import { once } from 'node:events'
import { request } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { expect, test } from 'vitest'
import { embedding, MODEL } from '../testing/faces.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import type { SearchPriority } from './search-priority.ts'

/** Whether an upload that comes now would have to wait. */
async function isWaitedFor(t: TestApp): Promise<boolean> {
  let isFree = false
  void t.app
    .getDecorator<SearchPriority>('searchPriority')
    .pauses()()
    .then(() => (isFree = true))
  await turn()
  return !isFree
}

test('uploads pause for a search that is on record, not for one that only arrives or is refused', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const origin = await t.listen()
  const arrived = once(t.app.server, 'request')
  const slow = request(`${origin}/api/face/search`, {
    method: 'POST',
    headers: { ...visitor.headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1000' },
  })
  slow.on('error', () => undefined).write('--x\r\n')
  await arrived
  const search = (consent: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/face/search/embedding',
      headers: visitor.headers,
      payload: { eventId: event.id, consent, modelVersion: MODEL, embedding, quality: 1 },
    })
  expect((await search('none')).statusCode).toBe(422)
  expect(await isWaitedFor(t)).toBe(false)

  expect((await search(FACE_SEARCH_CONSENT.th)).statusCode).toBe(202)
  expect(await isWaitedFor(t)).toBe(true)
  slow.destroy()
})
