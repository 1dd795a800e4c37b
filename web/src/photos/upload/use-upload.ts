import { ProblemError } from '@pix/contracts/client.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { isRaw } from './collect-files.ts'
import { hashFile } from './hash-file.ts'
import { sendFile } from './send-file.ts'
import { backoff, speedOf, totalsOf, type UploadItem } from './upload-item.ts'

/** Six at a time fill a line without one slow file holding the rest. */
const LANES = 6
const REDRAW_MS = 200
const SPEED_WINDOW_MS = 10_000
/** These pass by themselves; every other refusal is about the file. */
const PASSING = new Set<string>([
  'network',
  'unavailable',
  'internal',
  'rate_limited',
  'unauthorized',
  'session_expired',
])

/**
 * Uploads any number of files to one event: several lanes, each file hashed before it goes and its hash compared with
 * what the api stored, so that "stored and verified" is true. What the event already has is skipped unsent.
 *
 * @param known SHA-256 of the photos already stored in the event
 */
export function useUpload(eventId: string, known: () => Promise<ReadonlySet<string>>) {
  const items: UploadItem[] = []
  const samples: [number, number][] = []
  const view = shallowRef(snapshot())
  const paused = shallowRef(false)
  const gone = new AbortController()
  let lanes = 0

  function snapshot() {
    const totals = totalsOf(items)
    return {
      totals,
      sending: items.filter(item => item.status === 'sending'),
      failed: items.filter(item => item.status === 'failed'),
      recent: items
        .filter(item => item.status === 'stored' || item.status === 'duplicate')
        .slice(-4)
        .reverse(),
      speed: speedOf(samples),
    }
  }
  function redraw() {
    const now = Date.now()
    samples.push([now, totalsOf(items).sentBytes])
    while (samples[0] && now - samples[0][0] > SPEED_WINDOW_MS) samples.shift()
    view.value = snapshot()
    const ripe = items.filter(item => item.status === 'failed' && item.retryAt !== undefined && item.retryAt <= now)
    if (ripe.length > 0) retry(ripe)
  }
  const timer = setInterval(
    () => (lanes > 0 || items.some(item => item.retryAt !== undefined) ? redraw() : undefined),
    REDRAW_MS,
  )
  const onOnline = () => retry(items.filter(item => item.fault === 'network'))
  addEventListener('online', onOnline, { signal: gone.signal })
  onScopeDispose(() => {
    clearInterval(timer)
    gone.abort()
  })

  function add(files: readonly File[]) {
    for (const file of files) {
      const item: UploadItem = { id: items.length + 1, file, status: 'waiting', sent: 0, tries: 0 }
      if (isRaw(file.name)) Object.assign(item, { status: 'failed', fault: 'raw', retryable: false })
      items.push(item)
    }
    run()
  }

  function retry(some: readonly UploadItem[]) {
    for (const item of some) {
      item.status = 'waiting'
      delete item.retryAt
    }
    run()
  }

  function dismiss(item: UploadItem) {
    items.splice(items.indexOf(item), 1)
    redraw()
  }

  function run() {
    while (lanes < LANES && !paused.value && items.some(item => item.status === 'waiting')) {
      lanes += 1
      void drive().finally(() => {
        lanes -= 1
        redraw()
      })
    }
    redraw()
  }

  async function drive() {
    while (!paused.value && !gone.signal.aborted) {
      const item = items.find(item => item.status === 'waiting')
      if (!item) return
      item.status = 'sending'
      item.sent = 0
      await store(item).catch((error: unknown) => fail(item, error))
    }
  }

  async function store(item: UploadItem) {
    item.sha256 ??= await hashFile(item.file)
    if ((await known()).has(item.sha256)) {
      item.status = 'duplicate'
      return
    }
    const outcome = await sendFile(eventId, item.file, sent => (item.sent = sent), gone.signal)
    if (outcome.outcome === 'refused') throw new ProblemError({ code: outcome.code ?? 'internal', status: 422 })
    const changed = outcome.sha256 !== null && outcome.sha256 !== item.sha256
    if (changed) Object.assign(item, { status: 'failed', fault: 'changed', retryable: true })
    else item.status = outcome.outcome
  }

  function fail(item: UploadItem, error: unknown) {
    if (gone.signal.aborted) return
    const problem = error instanceof ProblemError ? error : undefined
    item.status = 'failed'
    item.fault = problem?.code ?? 'internal'
    item.retryable = PASSING.has(item.fault)
    item.tries += 1
    const wait = item.retryable ? backoff(item.tries, problem?.retryAfter) : undefined
    if (wait !== undefined) item.retryAt = Date.now() + wait
  }

  function togglePause() {
    paused.value = !paused.value
    run()
  }

  /** `<sha256>  <name>` per stored file, as `sha256sum -c` reads it. */
  const checksums = () =>
    items
      .filter(item => item.status === 'stored' || item.status === 'duplicate')
      .map(item => `${item.sha256}  ${item.file.name}\n`)
      .join('')

  return { view, paused, add, retry, dismiss, togglePause, checksums }
}
