import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useUpload } from './use-upload.ts'

type Answer = { status: number; body: object; headers?: Record<string, string> } | 'no net' | 'never'

/** The line and the api behind it, as strangers: every upload gets `answer` at the next tick. */
let answer: (name: string) => Answer
let sent: string[]

class Line extends EventTarget {
  upload = new EventTarget()
  status = 0
  response: unknown = null
  #headers: Record<string, string> = {}
  open() {}
  setRequestHeader() {}
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
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const stored: Answer = { status: 201, body: { outcome: 'stored', sha256: null } }
const files = (count: number) => Array.from({ length: count }, (_, n) => new File([`photo ${n}`], `IMG_${n}.JPG`))

function page(count: number) {
  const scope = effectScope()
  const upload = scope.run(() => useUpload('e', () => Promise.resolve(new Set<string>())))!
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
