import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', {
  visibilityState: 'visible',
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})
const { useRememberedPicks } = await import('./use-remembered-picks.ts')

const sent: { url: string; body: unknown }[] = []
let answer: () => Response
beforeEach(() => {
  sent.length = 0
  answer = () => new Response(null, { status: 204 })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, body: JSON.parse(String(init.body)) })
    return answer()
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => void vi.useRealTimers())

test('what is ticked and unticked is sent together once it rests, and what was not taken goes with the next', async () => {
  const scope = effectScope()
  const pick = scope.run(() => useRememberedPicks('s'))!
  pick(['a', 'b'], false)
  pick(['b'], true)
  answer = () => Response.json({ code: 'internal' }, { status: 500 })
  await vi.advanceTimersByTimeAsync(400)
  const picks = [
    { photoId: 'a', picked: false },
    { photoId: 'b', picked: true },
  ]
  expect(sent).toEqual([{ url: '/api/face/search/s/picks', body: { picks } }])

  answer = () => new Response(null, { status: 204 })
  pick(['c'], false)
  scope.stop()
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]!.body).toEqual({ picks: [...picks, { photoId: 'c', picked: false }] })
})

test('a tick that is taken back while it is sent is sent after it', async () => {
  const scope = effectScope()
  const pick = scope.run(() => useRememberedPicks('s'))!
  let land: ((landed: Response) => void) | undefined
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url, body: JSON.parse(String(init.body)) })
    return sent.length === 1 ? new Promise<Response>(resolve => (land = resolve)) : Promise.resolve(answer())
  })
  pick(['a'], true)
  await vi.advanceTimersByTimeAsync(400)
  pick(['a'], false)
  await vi.advanceTimersByTimeAsync(400)
  scope.stop()
  expect(sent).toHaveLength(1)

  land!(new Response(null, { status: 204 }))
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]!.body).toEqual({ picks: [{ photoId: 'a', picked: false }] })
})
