import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useUpload } from './use-upload.ts'

type Answer = { status: number; body: object; headers?: Record<string, string> } | 'no net' | 'never'

/** The line and the api behind it, as strangers: every upload gets `answer` at the next tick. */
let answer: (name: string) => Answer
let sent: string[]
/** By whose sign-in. */
let sentAs: string[]

class Line extends EventTarget {
  upload = new EventTarget()
  status = 0
  response: unknown = null
  #headers: Record<string, string> = {}
  open() {}
  setRequestHeader(name: string, value: string) {
    if (name === 'authorization') sentAs.push(value)
  }
  abort() {}
  getResponseHeader = (name: string) => this.#headers[name] ?? null
  send(form: FormData) {
    const { name } = form.get('photo') as File
    sent.push(name)
    const given = answer(name)
    if (given === 'never') return
    setTimeout(() => {
      if (given === 'no net') return this.dispatchEvent(new Event('error'))
      this.status = given.status
      this.response = given.body
      this.#headers = given.headers ?? {}
      return this.dispatchEvent(new Event('load'))
    }, 1)
  }
}

const window = new EventTarget()
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('XMLHttpRequest', Line)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  sent = []
  sentAs = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const stored: Answer = { status: 201, body: { outcome: 'stored', sha256: null } }
const files = (count: number) => Array.from({ length: count }, (_, n) => new File([`photo ${n}`], `IMG_${n}.JPG`))

function page(count: number, known: ReadonlySet<string> = new Set()) {
  const scope = effectScope()
  const upload = scope.run(() => useUpload('e', () => Promise.resolve(known)))!
  upload.add(files(count))
  const totals = () => upload.view.value.totals
  return { upload, totals, [Symbol.dispose]: () => scope.stop() }
}

test('a lost net stops all lanes at its first fault: nothing is red and next to nothing is sent until it is back', async () => {
  answer = () => 'no net'
  using open = page(500)
  await vi.advanceTimersByTimeAsync(37_000)
  expect(open.totals()).toMatchObject({ files: 500, failed: 0, stored: 0 })
  expect(open.upload.view.value.hold?.cause).toBe('network')
  expect(sent.length).toBeLessThan(12)

  answer = () => stored
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(open.totals()).toMatchObject({ stored: 500, failed: 0 })
  expect(open.upload.view.value.hold).toBeNull()
})

test('what is stored or under way is not sent again when the net comes back', async () => {
  let lost = true
  answer = name => (lost ? 'no net' : name === 'IMG_2.JPG' ? 'never' : stored)
  using open = page(3)
  await vi.advanceTimersByTimeAsync(1_000)
  lost = false
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 2, sending: 1 })
  const before = sent.length
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent.length).toBe(before)
})

test('an api that asks for patience is not asked sooner', async () => {
  answer = () => ({ status: 429, body: { code: 'rate_limited', status: 429 }, headers: { 'retry-after': '60' } })
  using open = page(20)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(sent.length).toBeLessThanOrEqual(6)
  expect(open.totals().failed).toBe(0)
})

test('a sign-in that ended waits for a person, with all files kept', async () => {
  answer = () => ({ status: 401, body: { code: 'unauthorized', status: 401 } })
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 401 }))
  using open = page(20)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(open.totals().failed).toBe(0)
  expect(open.upload.view.value.hold?.cause).toBe('signed_out')
  answer = () => stored
  open.upload.tryNow()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals().stored).toBe(20)
})

test('only what a person must see to is red: a refusal at once, a fault of ours after four tries', async () => {
  answer = name => ({ status: 415, body: { code: name === 'IMG_0.JPG' ? 'not_an_image' : 'internal', status: 415 } })
  using open = page(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(open.upload.view.value.failed.map(item => item.fault)).toEqual(['not_an_image'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(open.upload.view.value.failed.map(item => [item.fault, item.retryable])).toEqual([
    ['not_an_image', false],
    ['internal', true],
  ])
  expect(sent.filter(name => name === 'IMG_1.JPG')).toHaveLength(4)
})

test('no two files have one id, also after one was taken off', async () => {
  answer = () => ({ status: 415, body: { code: 'not_an_image', status: 415 } })
  using open = page(3)
  await vi.advanceTimersByTimeAsync(1_000)
  open.upload.dismiss(open.upload.view.value.failed[0]!)
  open.upload.add(files(2))
  await vi.advanceTimersByTimeAsync(1_000)
  const ids = open.upload.view.value.failed.map(item => item.id)
  expect(new Set(ids).size).toBe(4)
})

test('a file that is asked for again twice at once is sent once', async () => {
  answer = () => ({ status: 415, body: { code: 'internal', status: 415 } })
  using open = page(1)
  await vi.advanceTimersByTimeAsync(60_000)
  const [failed] = open.upload.view.value.failed
  answer = () => stored
  sent = []
  open.upload.retry([failed!])
  open.upload.retry([failed!])
  await vi.advanceTimersByTimeAsync(5_000)
  expect([sent, open.totals().stored]).toEqual([['IMG_0.JPG'], 1])
  open.upload.retry([failed!])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toHaveLength(1)
})

test('what the event already has is not sent, and stands in the list of what is safe', async () => {
  const [first] = files(1)
  const digest = await crypto.subtle.digest('SHA-256', await first!.arrayBuffer())
  const sha256 = Buffer.from(digest).toString('hex')
  answer = () => stored
  using open = page(2, new Set([sha256]))
  await vi.advanceTimersByTimeAsync(5_000)
  expect([sent, open.totals()]).toMatchObject([['IMG_1.JPG'], { duplicate: 1, stored: 1 }])
  expect(open.upload.checksums().split('\n')).toContain(`${sha256}  IMG_0.JPG`)
})

test('a file that arrived other than it was read is not called stored', async () => {
  answer = () => ({ status: 201, body: { outcome: 'stored', sha256: '0'.repeat(64) } })
  using open = page(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 0, failed: 1 })
  expect(open.upload.view.value.failed).toMatchObject([{ fault: 'changed', retryable: true }])
  expect(open.upload.checksums()).toBe('')
})

test('a sign-in that ran out is renewed once for all files, and each goes on as the same person', async () => {
  const { setAccessToken } = await import('../../base/api.ts')
  setAccessToken('old')
  const renew = vi.fn<() => Promise<Response>>(async () => Response.json({ accessToken: 'new', user: null }))
  vi.stubGlobal('fetch', renew)
  answer = () =>
    sentAs.at(-1) === 'Bearer new' ? stored : { status: 401, body: { code: 'unauthorized', status: 401 } }
  using open = page(6)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 6, failed: 0 })
  expect(renew).toHaveBeenCalledTimes(1)
  expect(sentAs.filter(who => who === 'Bearer new')).toHaveLength(6)
  setAccessToken(undefined)
})

test('a pause lets what is on its way arrive and sends nothing new until it is over', async () => {
  answer = () => stored
  using open = page(40)
  open.upload.togglePause()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent.length).toBeLessThanOrEqual(6)
  expect(open.totals()).toMatchObject({ stored: sent.length, sending: 0 })
  open.upload.togglePause()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 40, failed: 0 })
})
