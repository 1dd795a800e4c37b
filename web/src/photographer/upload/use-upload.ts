import { ProblemError } from '@pix/contracts/client.ts'
import { onScopeDispose, shallowRef } from 'vue'
import type { PickedFile } from './collect-files.ts'
import { type KeptUploads, keyOf } from './kept-uploads.ts'
import { sendFile } from './send-file.ts'
import { backoff, type Hold, holdAfter, type HoldCause, speedOf, totalsOf, type UploadItem } from './upload-item.ts'

/** Six lanes use the whole connection, and one slow file does not hold up the others. */
const LANES = 6
const REDRAW_MS = 200
const SPEED_WINDOW_MS = 10_000
/** Failures that are no file's fault and hold up every file alike. */
const HOLDING = new Map<string, HoldCause>([
  ['network', 'network'],
  ['unavailable', 'unavailable'],
  ['request_too_slow', 'network'],
  ['rate_limited', 'rate_limited'],
  ['unauthorized', 'signed_out'],
  ['session_expired', 'signed_out'],
])
/** Failures of one file that may pass. Every other refusal is final. */
const PASSING = new Set<string>(['internal', 'unreadable'])
/** Failures after which the file is tried again without a person. */
const TRIED_AGAIN = new Set<string>(['internal', 'upload_moved_on'])

const isUnderWay = ({ status }: UploadItem) => status === 'waiting' || status === 'sending'

/** What an upload works with. */
export interface Means {
  eventId: string
  /** SHA-256 of the photos that the event has of this person; null when the request failed. */
  known: () => Promise<ReadonlySet<string> | null>
  kept: () => Promise<KeptUploads>
  /** SHA-256 of a file. */
  hash: (file: File) => Promise<string>
}

/**
 * Uploads any number of files to one event. Several lanes run at once; each sends one file after the other. A file is
 * hashed before it is sent, and the hash is compared with what the api stored, so that "stored and verified" is true.
 * Files that the event already has are not sent. At a network error all lanes stop and no file fails: one file is tried
 * from time to time, and when the network is back. A file goes on where it stopped, also after a reload of the page.
 */
export function useUpload({ eventId, known, kept, hash }: Means) {
  const items: UploadItem[] = []
  let hold: Hold | null = null
  /** Bytes that this page sent. */
  let line = 0
  const samples: [number, number][] = []
  const view = shallowRef(snapshot())
  const paused = shallowRef(false)
  const gone = new AbortController()
  /** Ends what is on its way, for a pause. */
  let running = new AbortController()
  let lanes = 0
  let lastId = 0

  function snapshot() {
    const totals = totalsOf(items)
    return {
      totals,
      items: items as readonly UploadItem[],
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
    samples.push([now, line])
    while (samples[0] && now - samples[0][0] > SPEED_WINDOW_MS) samples.shift()
    view.value = snapshot()
  }
  const timer = setInterval(() => (items.some(isUnderWay) ? run() : undefined), REDRAW_MS)
  addEventListener('online', tryNow, { signal: gone.signal })
  onScopeDispose(() => {
    clearInterval(timer)
    gone.abort()
    running.abort()
  })

  /** A file that is there already is not added twice. */
  function add(files: readonly PickedFile[]) {
    const before = new Set(items.map(keyOf))
    for (const picked of files.filter(one => !before.has(keyOf(one))))
      items.push({ ...picked, id: (lastId += 1), status: 'waiting', sent: 0, tries: 0 })
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

  /** How many lanes may send: one file is enough to try with until something has got through. */
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
      const { signal } = running
      await store(item, signal).catch((error: unknown) => fail(item, error, signal))
    }
  }

  async function store(item: UploadItem, signal: AbortSignal) {
    const device = await kept()
    const before = device.of(item)
    const sha256 = (item.sha256 ??= before?.sha256 ?? (await hash(item.file)))
    const there = await known()
    signal.throwIfAborted()
    // A duplicate may be somebody else's photo, which the list does not show.
    const isStill = there === null || there.has(sha256) || before?.outcome === 'duplicate'
    if (before?.outcome && isStill) return void (item.status = before.outcome)
    // With an address this device has sent the photo before, and only the answer was lost.
    if (there?.has(sha256)) return void (item.status = before?.address ? 'stored' : 'duplicate')

    let counted: number | undefined
    const { outcome, sha256: arrived } = await sendFile({
      eventId,
      file: item.file,
      address: before?.outcome ? undefined : before?.address,
      signal,
      begun: address => device.keep(item, { sha256, address }),
      onProgress(bytes) {
        line += Math.max(0, bytes - (counted ?? bytes))
        counted = bytes
        item.sent = bytes
      },
    })
    hold = null
    if (arrived === sha256) {
      device.keep(item, { sha256, outcome })
      item.status = outcome
      return
    }
    device.forget(item)
    delete item.sha256
    Object.assign(item, { status: 'failed', fault: 'changed', retryable: true })
  }

  function fail(item: UploadItem, error: unknown, signal: AbortSignal) {
    if (gone.signal.aborted) return
    item.status = 'waiting'
    if (signal.aborted) return
    const problem = error instanceof ProblemError ? error : undefined
    // The browser can no longer read the file: the memory card was removed.
    const code = problem?.code ?? (isUnreadable(error) ? 'unreadable' : 'internal')
    const cause = HOLDING.get(code)
    if (cause) {
      // The other files on their way fail with the same cause. Together they count as one fault.
      if (!hold || hold.retryAt <= Date.now()) hold = holdAfter(hold, cause, Date.now(), problem?.retryAfter)
      return
    }
    if (problem) hold = null
    item.tries += 1
    const wait = TRIED_AGAIN.has(code) ? backoff(item.tries, problem?.retryAfter) : undefined
    if (wait !== undefined) item.retryAt = Date.now() + wait
    else Object.assign(item, { status: 'failed', sent: 0, fault: code, retryable: PASSING.has(code) })
  }

  function togglePause() {
    paused.value = !paused.value
    if (paused.value) running.abort()
    else running = new AbortController()
    run()
  }

  return { view, paused, add, retry, tryNow, dismiss, togglePause }
}

/** An exception of the browser arrives from a worker as a plain error with the same name. */
const isUnreadable = (error: unknown) =>
  error instanceof Error && ['NotReadableError', 'NotFoundError', 'AbortError'].includes(error.name)
