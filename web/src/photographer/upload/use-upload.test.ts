import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { hashFile } from './hash-file.ts'
import { keptUploads } from './kept-uploads.ts'
import { type Fate, tusLine } from './tus-line-testing.ts'
import { checksumsOf } from './upload-item.ts'
import { useUpload } from './use-upload.ts'

let line: ReturnType<typeof tusLine>
const window = new EventTarget()
beforeEach(() => {
  vi.useFakeTimers()
  line = tusLine()
  vi.stubGlobal('XMLHttpRequest', line.Request)
  vi.stubGlobal('location', { href: 'https://shop.example/photographer' })
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const refused = (status: number, code: string, headers = {}): Fate => ({ status, code, headers })
const files = (count: number) =>
  Array.from({ length: count }, (_, n) => new File([`photo ${n}`], `IMG_${n}.JPG`, { lastModified: 1 })).map(file => ({
    file,
    path: `CARD/${file.name}`,
  }))

function page(count: number, known: ReadonlySet<string> | null = new Set(), kept = keptUploads('user', 'e')) {
  const scope = effectScope()
  const upload = scope.run(() =>
    useUpload({ eventId: 'e', known: () => Promise.resolve(known), kept: () => kept, hash: hashFile }),
  )!
  upload.add(files(count))
  const totals = () => upload.view.value.totals
  return {
    upload,
    totals,
    checksums: () => checksumsOf(upload.view.value.items),
    [Symbol.dispose]: () => scope.stop(),
  }
}

test('a lost net stops all lanes at its first fault: nothing is red and next to nothing is asked until it is back', async () => {
  line.fate = () => 'no net'
  using open = page(500)
  await vi.advanceTimersByTimeAsync(37_000)
  expect(open.totals()).toMatchObject({ files: 500, failed: 0, stored: 0 })
  expect(open.upload.view.value.hold?.cause).toBe('network')
  expect(line.asked.length).toBeLessThan(12)

  line.fate = () => 'arrives'
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(open.totals()).toMatchObject({ stored: 500, failed: 0 })
  expect(open.upload.view.value.hold).toBeNull()
})

test('what is stored or under way is not sent again when the net comes back', async () => {
  let lost = true
  line.fate = name => (lost ? 'no net' : name === 'IMG_2.JPG' ? 'never' : 'arrives')
  using open = page(3)
  await vi.advanceTimersByTimeAsync(1_000)
  lost = false
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 2, sending: 1 })
  const before = line.asked.length
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(line.asked.length).toBe(before)
})

test('a file whose line broke goes on where it stopped, and so does one after a reload: no byte is sent twice', async () => {
  const kept = keptUploads('user', 'e')
  const size = files(1)[0]!.file.size
  const broken = { cut: 3 }
  line.fate = () => broken
  {
    using before = page(1, new Set(), kept)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(before.totals()).toMatchObject({ stored: 0, failed: 0, sentBytes: 3 })
  }
  using after = page(1, new Set(), kept)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(line.arrived).toBe(6)
  line.fate = () => 'arrives'
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(after.totals()).toMatchObject({ stored: 1, failed: 0 })
  expect(line.arrived).toBe(size)
})

test('what was stored before a reload counts as stored without being sent, unless the event has it no more', async () => {
  const kept = keptUploads('user', 'e')
  {
    using before = page(2, new Set(), kept)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(before.totals()).toMatchObject({ stored: 2 })
  }
  const hashes = await Promise.all(files(2).map(({ file }) => hashFile(file)))
  line.sent = []
  using after = page(2, new Set([hashes[0]!]), kept)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([line.sent, after.totals()]).toMatchObject([['IMG_1.JPG'], { stored: 2, duplicate: 0 }])
  line.sent = []
  using blind = page(2, null, kept)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([line.sent, blind.totals()]).toMatchObject([[], { stored: 2 }])
})

test('a folder that is chosen twice is sent once', async () => {
  using open = page(3)
  open.upload.add(files(4))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ files: 4, stored: 4 })
})

test('an api that asks for patience is not asked sooner', async () => {
  line.fate = () => refused(429, 'rate_limited', { 'retry-after': '60' })
  using open = page(20)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(line.asked.length).toBeLessThanOrEqual(6)
  expect(open.totals().failed).toBe(0)
})

test('a sign-in that ended waits for a person, with all files kept', async () => {
  line.fate = () => refused(401, 'unauthorized')
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 401 }))
  using open = page(20)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(open.totals().failed).toBe(0)
  expect(open.upload.view.value.hold?.cause).toBe('signed_out')
  line.fate = () => 'arrives'
  open.upload.tryNow()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals().stored).toBe(20)
})

test('only what a person must see to is red: a refusal at once, a fault of ours after four tries', async () => {
  line.fate = name => refused(415, name === 'IMG_0.JPG' ? 'not_an_image' : 'internal')
  using open = page(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(open.upload.view.value.failed.map(item => item.fault)).toEqual(['not_an_image'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(open.upload.view.value.failed.map(item => [item.fault, item.retryable])).toEqual([
    ['not_an_image', false],
    ['internal', true],
  ])
  expect(line.asked.filter(name => name === 'IMG_1.JPG')).toHaveLength(4)
})

test('no two files have one id, also after one was taken off', async () => {
  line.fate = () => refused(415, 'not_an_image')
  using open = page(3)
  await vi.advanceTimersByTimeAsync(1_000)
  open.upload.dismiss(open.upload.view.value.failed[0]!)
  open.upload.add(files(5))
  await vi.advanceTimersByTimeAsync(1_000)
  const ids = open.upload.view.value.failed.map(item => item.id)
  expect(new Set(ids).size).toBe(5)
})

test('a file that is asked for again twice at once is sent once', async () => {
  line.fate = () => refused(415, 'internal')
  using open = page(1)
  await vi.advanceTimersByTimeAsync(60_000)
  const [failed] = open.upload.view.value.failed
  line.fate = () => 'arrives'
  line.sent = []
  open.upload.retry([failed!])
  open.upload.retry([failed!])
  await vi.advanceTimersByTimeAsync(5_000)
  expect([line.sent, open.totals().stored]).toEqual([['IMG_0.JPG'], 1])
  open.upload.retry([failed!])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(line.sent).toHaveLength(1)
})

test('what the event already has is not sent, and stands in the list of what is safe', async () => {
  const [first] = files(1)
  const sha256 = await hashFile(first!.file)
  using open = page(2, new Set([sha256]))
  await vi.advanceTimersByTimeAsync(5_000)
  expect([line.sent, open.totals()]).toMatchObject([['IMG_1.JPG'], { duplicate: 1, stored: 1 }])
  expect(open.checksums().split('\n')).toContain(`${sha256}  IMG_0.JPG`)
})

test('a file that arrived other than it was read is not called stored, and is read again when it is sent again', async () => {
  line.damages = true
  using open = page(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 0, failed: 1 })
  expect(open.upload.view.value.failed).toMatchObject([{ fault: 'changed', retryable: true }])
  expect(open.checksums()).toBe('')
  line.damages = false
  open.upload.retry(open.upload.view.value.failed)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 1, failed: 0 })
})

test('a sign-in that ran out is renewed once for all files, and each goes on as the same person', async () => {
  const { setAccessToken } = await import('../../base/api.ts')
  setAccessToken('old')
  const renew = vi.fn<() => Promise<Response>>(async () => Response.json({ accessToken: 'new', user: null }))
  vi.stubGlobal('fetch', renew)
  line.fate = () => (line.sentAs.at(-1) === 'Bearer new' ? 'arrives' : refused(401, 'unauthorized'))
  using open = page(6)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ stored: 6, failed: 0 })
  expect(renew).toHaveBeenCalledTimes(1)
  setAccessToken(undefined)
})

test('a pause ends what is on its way at once, and what it sent is not sent again after it', async () => {
  line.fate = () => ({ cut: 3 })
  using open = page(40)
  await vi.advanceTimersByTimeAsync(1_000)
  const before = line.arrived
  expect(before).toBeGreaterThan(0)
  line.fate = () => 'never'
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(open.totals().sending).toBeGreaterThan(0)
  open.upload.togglePause()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(open.totals()).toMatchObject({ sending: 0, failed: 0 })
  const asked = line.asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(line.asked.length).toBe(asked)

  line.fate = () => 'arrives'
  open.upload.togglePause()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(open.totals()).toMatchObject({ stored: 40, failed: 0 })
  expect(line.arrived).toBe(open.totals().bytes)
})
