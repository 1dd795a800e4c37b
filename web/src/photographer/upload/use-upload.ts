import { ProblemError } from '@pix/contracts/client.ts'
import { isRaw } from '@pix/domain/card-files.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { hashFile } from './hash-file.ts'
import { sendFile } from './send-file.ts'
import { backoff, type Hold, holdAfter, type HoldCause, speedOf, totalsOf, type UploadItem } from './upload-item.ts'

/** Six at a time fill a line without one slow file holding the rest. */
const LANES = 6
const REDRAW_MS = 200
const SPEED_WINDOW_MS = 10_000
/** These are no file's fault and hold up every file alike. */
const HOLDING = new Map<string, HoldCause>([
  ['network', 'network'],
  ['unavailable', 'unavailable'],
  ['request_too_slow', 'network'],
  ['rate_limited', 'rate_limited'],
  ['unauthorized', 'signed_out'],
  ['session_expired', 'signed_out'],
])
/** These are a file's own, and may pass; every other refusal is for good. */
const PASSING = new Set<string>(['internal', 'unreadable'])

const isUnderWay = ({ status }: UploadItem) => status === 'waiting' || status === 'sending'

/**
 * Uploads any number of files to one event: several lanes, each file hashed before it goes and its hash compared with
 * what the api stored, so that "stored and verified" is true. What the event already has is skipped unsent. At the first
 * fault of the net all lanes stop and nothing fails: one file tries for all from time to time, and when the net is back.
 *
 * @param known SHA-256 of the photos already stored in the event
 */
export function useUpload(eventId: string, known: () => Promise<ReadonlySet<string>>) {
  const items: UploadItem[] = []
  let hold: Hold | null = null
  const samples: [number, number][] = []
  const view = shallowRef(snapshot())
  const paused = shallowRef(false)
  const gone = new AbortController()
  let lanes = 0
  let lastId = 0

  function snapshot() {
    const totals = totalsOf(items)
    return {
      totals,
      /** While nothing can be sent; the file that tries for all is not waiting meanwhile. */
      hold,
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
  }
  const timer = setInterval(() => (items.some(isUnderWay) ? run() : undefined), REDRAW_MS)
  addEventListener('online', tryNow, { signal: gone.signal })
  onScopeDispose(() => {
    clearInterval(timer)
    gone.abort()
  })

  function add(files: readonly File[]) {
    for (const file of files) {
      const item: UploadItem = { id: (lastId += 1), file, status: 'waiting', sent: 0, tries: 0 }
      if (isRaw(file.name)) Object.assign(item, { status: 'failed', fault: 'raw', retryable: false })
      items.push(item)
    }
    run()
  }

  function retry(some: readonly UploadItem[]) {
    for (const item of some) {
      // It may be on its way already.
      if (item.status !== 'failed') continue
      item.status = 'waiting'
      delete item.fault
      delete item.retryAt
    }
    run()
  }

  /** Waits no longer for the net. */
  function tryNow() {
    if (hold) hold = { ...hold, retryAt: 0 }
    run()
  }

  function dismiss(item: UploadItem) {
    const at = items.indexOf(item)
    if (at >= 0) items.splice(at, 1)
    redraw()
  }

  function nextWaiting(): UploadItem | undefined {
    const now = Date.now()
    return items.find(({ status, retryAt = 0 }) => status === 'waiting' && retryAt <= now)
  }

  /** Until something got through again one file is enough to try with. */
  const open = () => (hold ? Number(hold.retryAt <= Date.now()) : LANES)

  function run() {
    if (gone.signal.aborted) return
    while (lanes < open() && !paused.value && nextWaiting()) {
      lanes += 1
      void drive().finally(() => {
        lanes -= 1
        run()
      })
    }
    redraw()
  }

  async function drive() {
    while (lanes <= open() && !paused.value && !gone.signal.aborted) {
      const item = nextWaiting()
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
    hold = null
    if (outcome.outcome === 'refused') throw new ProblemError({ code: outcome.code ?? 'internal', status: 422 })
    const changed = outcome.sha256 !== null && outcome.sha256 !== item.sha256
    if (changed) Object.assign(item, { status: 'failed', fault: 'changed', retryable: true })
    else item.status = outcome.outcome
  }

  function fail(item: UploadItem, error: unknown) {
    if (gone.signal.aborted) return
    const problem = error instanceof ProblemError ? error : undefined
    // The browser cannot read the file any more: the card is out.
    const code = problem?.code ?? (error instanceof DOMException ? 'unreadable' : 'internal')
    item.status = 'waiting'
    const cause = HOLDING.get(code)
    if (cause) {
      // The files that were on their way fail with the first: one fault, not six.
      if (!hold || hold.retryAt <= Date.now()) hold = holdAfter(hold, cause, Date.now(), problem?.retryAfter)
      return
    }
    if (problem) hold = null
    item.tries += 1
    const wait = code === 'internal' ? backoff(item.tries, problem?.retryAfter) : undefined
    if (wait !== undefined) item.retryAt = Date.now() + wait
    else Object.assign(item, { status: 'failed', fault: code, retryable: PASSING.has(code) })
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

  return { view, paused, add, retry, tryNow, dismiss, togglePause, checksums }
}
