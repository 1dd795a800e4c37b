import { deleteVisit } from '@pix/contracts/privacy.ts'
import { vi } from 'vitest'
import { createRenderer, type Plugin } from 'vue'
import { call } from './api.ts'

/** A request that waits for its answer. */
export interface Asked {
  method: string
  /** The path with its query, as it is sent. */
  path: string
  query: Record<string, string>
  /** Parsed JSON, or the form itself; undefined where nothing is sent. */
  body: unknown
  key: string | null
  /** Nobody waits for the answer any more. */
  readonly isAborted: boolean
  /** Answers, and returns once what follows from it has been done. */
  answer: (answer?: object | Response) => Promise<void>
  /** The connection breaks. */
  breaks: () => Promise<void>
}

/** A `fetch` in place of the api: each answer is given by hand, so that answers may overtake each other. */
export function apiByHand(): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const { signal, method = 'GET', body } = init
    return new Promise<Response>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      asked.push({
        method,
        path,
        query: Object.fromEntries(new URL(path, 'http://shop').searchParams),
        body: typeof body === 'string' ? JSON.parse(body) : (body ?? undefined),
        key: new Headers(init.headers).get('idempotency-key'),
        get isAborted() {
          return signal?.aborted ?? false
        },
        async answer(answer = new Response(null, { status: 204 })) {
          resolve(answer instanceof Response ? answer : Response.json(answer))
          await settled()
        },
        async breaks() {
          reject(new TypeError('fetch failed'))
          await settled()
        },
      })
    })
  })
  return asked
}

/** The visitor's session begins with a first write. Those that follow need not wait for each other. */
export async function beginVisit(): Promise<void> {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  await call(deleteVisit, {})
}

export const refusal = (status: number, code: string, more: object = {}): Response =>
  Response.json({ code, status, ...more }, { status })

/** A live stream that sends these states and ends. */
export const events = (...states: object[]): Response =>
  new Response(states.map(state => `data: ${JSON.stringify(state)}\n\n`).join(''))

// Also where a test has taken the clock over.
const nextTurn = setImmediate

/** Answers that are there have been read, and what follows from them has been done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise<void>(resolve => void nextTurn(resolve))
}

/** The window's and the document's events, in place of a browser's. */
export function browserEvents() {
  const window = new EventTarget()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('document', document)
  return {
    /** The network is back. */
    async goOnline() {
      window.dispatchEvent(new Event('online'))
      await settled()
    },
    /** The person goes to another tab or app, or comes back. */
    async show(visibilityState: DocumentVisibilityState) {
      document.visibilityState = visibilityState
      document.dispatchEvent(new Event('visibilitychange'))
      await settled()
    },
  }
}

interface Node {
  parent: Node | null
}
const node = (): Node => ({ parent: null })
const nothing = () => undefined
const nowhere = () => null

/** Mounts components without a document: what they show goes nowhere. */
const { createApp } = createRenderer<Node, Node>({
  createElement: node,
  createText: node,
  createComment: node,
  insert: (child, parent) => void (child.parent = parent),
  remove: child => void (child.parent = null),
  parentNode: child => child.parent,
  nextSibling: nowhere,
  setText: nothing,
  setElementText: nothing,
  patchProp: nothing,
})

/** What a composable returns to a component that is mounted with these plugins; disposing unmounts it. */
export function mount<T extends object>(use: () => T, ...plugins: Plugin[]): T & Disposable {
  let used: T | undefined
  const app = createApp({
    setup() {
      used = use()
      return nowhere
    },
  })
  for (const plugin of plugins) app.use(plugin)
  app.mount(node())
  return Object.assign(used!, { [Symbol.dispose]: () => app.unmount() })
}
