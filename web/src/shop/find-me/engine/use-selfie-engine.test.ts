import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { expose } from 'comlink'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useSelfieEngine } from './use-selfie-engine.ts'

const VERSION = MODEL_VERSIONS['face-api']
const FACES = { kind: 'faces', faces: [] }

/** What a worker of the browser does for the page: its thread runs the functions below. */
interface Thread {
  loads: { onBytes: (bytes: number) => void; ends: (loaded?: { findsFaces: boolean }) => void; fails: () => void }[]
  isStopped: boolean
  /** Its script does not come, or it throws. */
  breaks: () => void
}
let threads: Thread[]
let reads: () => Promise<unknown>

class BrowserWorker extends EventTarget {
  readonly #ports = new MessageChannel()
  readonly #thread: Thread = {
    loads: [],
    isStopped: false,
    breaks: () => void this.dispatchEvent(new Event('error')),
  }

  constructor() {
    super()
    threads.push(this.#thread)
    const load = (_name: string, _set: object, _offered: string[], onBytes: (bytes: number) => void) =>
      new Promise((resolve, reject) => {
        this.#thread.loads.push({
          onBytes,
          ends: ({ findsFaces } = { findsFaces: true }) => resolve({ modelVersion: VERSION, findsFaces }),
          fails: () => reject(new Error('a file did not come')),
        })
      })
    expose({ load, read: () => reads(), findFaces: async () => [] }, this.#ports.port2 as never)
    this.#ports.port1.start()
  }
  override addEventListener(type: string, listener: EventListener) {
    if (type === 'message') this.#ports.port1.addEventListener(type, listener)
    else super.addEventListener(type, listener)
  }
  postMessage(message: unknown, transfer: Transferable[]) {
    this.#ports.port1.postMessage(message, transfer as never)
  }
  terminate() {
    this.#thread.isStopped = true
    this.#ports.port1.close()
  }
}

beforeEach(() => {
  threads = []
  reads = async () => FACES
  vi.stubGlobal('Worker', BrowserWorker)
})
afterEach(() => vi.unstubAllGlobals())

function open(version: string | null = VERSION) {
  const scope = effectScope()
  const engine = scope.run(() => useSelfieEngine(() => version))!
  return { ...engine, [Symbol.dispose]: () => scope.stop() }
}
const loading = (thread: number) => vi.waitUntil(() => threads[thread]?.loads[0])

test('the download is said by its compressed size and counted as it comes, and then the engine is ready', async () => {
  using engine = open()
  expect([engine.download.value, engine.state.value, threads]).toEqual([200, { status: 'off' }, []])
  engine.here.value = true
  const { onBytes, ends } = await loading(0)
  expect(engine.state.value).toEqual({ status: 'loading', bytes: 0, of: 200 })
  onBytes(300)
  await expect.poll(() => engine.state.value).toEqual({ status: 'loading', bytes: 150, of: 200 })
  ends()
  await expect.poll(() => engine.state.value.status).toBe('ready')
  expect(engine.findFaces.value).not.toBeNull()
})

test('an engine that is too slow for the live picture reads selfies all the same', async () => {
  using engine = open()
  const read = engine.read(new Blob())
  ;(await loading(0)).ends({ findsFaces: false })
  expect(await read).toEqual({ modelVersion: VERSION, reading: FACES })
  expect([engine.state.value.status, engine.findFaces.value]).toEqual(['ready', null])
})

test('however often it is asked for, it is loaded once', async () => {
  using engine = open()
  engine.here.value = true
  await nextTick()
  const reads = [engine.read(new Blob()), engine.read(new Blob())]
  ;(await loading(0)).ends()
  await Promise.all(reads)
  expect([threads.length, threads[0]!.loads.length]).toEqual([1, 1])
})

test.each(['the files do not come', 'the script does not come'])(
  'where %s it has failed, and the next try starts anew',
  async how => {
    using engine = open()
    const failed = engine.load().catch((error: unknown) => error)
    const { fails } = await loading(0)
    if (how.startsWith('the files')) fails()
    else threads[0]!.breaks()
    expect(await failed).toMatchObject({ message: expect.stringMatching(/./) })
    expect([engine.state.value, threads[0]!.isStopped]).toEqual([{ status: 'failed' }, true])
    const again = engine.load()
    ;(await loading(1)).ends()
    expect((await again).modelVersion).toBe(VERSION)
    expect(engine.state.value).toEqual({ status: 'ready' })
  },
)

test('a selfie that it cannot read stops it, and the next one starts it anew', async () => {
  using engine = open()
  reads = () => Promise.reject(new Error('out of memory'))
  const failed = engine.read(new Blob()).catch((error: unknown) => error)
  ;(await loading(0)).ends()
  expect(await failed).toMatchObject({ message: expect.stringMatching(/out of memory/) })
  expect([engine.state.value, engine.findFaces.value, threads[0]!.isStopped]).toEqual([
    { status: 'failed' },
    null,
    true,
  ])
})

test('switched off, the download stops; what comes of it later says nothing', async () => {
  using engine = open()
  engine.here.value = true
  const { onBytes } = await loading(0)
  const waiting = engine.read(new Blob()).catch((error: unknown) => error)
  engine.here.value = false
  expect(await waiting).toMatchObject({ message: expect.stringMatching(/stopped/) })
  expect([engine.state.value, threads[0]!.isStopped]).toEqual([{ status: 'off' }, true])
  engine.here.value = true
  await loading(1)
  onBytes(400)
  await new Promise(setImmediate)
  expect(engine.state.value).toEqual({ status: 'loading', bytes: 0, of: 200 })
})

test('a page that is left stops its engine', async () => {
  const engine = open()
  const waiting = engine.load().catch((error: unknown) => error)
  await loading(0)
  engine[Symbol.dispose]()
  expect(await waiting).toMatchObject({ message: expect.stringMatching(/stopped/) })
  expect(threads[0]!.isStopped).toBe(true)
})

test('an event whose faces no engine here reads offers none, and starts none', async () => {
  using engine = open('a-version-of-before')
  expect([engine.download.value, await engine.loadsUnasked()]).toEqual([null, false])
  await expect(engine.load()).rejects.toThrow('no engine')
  expect(threads).toEqual([])
})
