import {
  cancelEventEngine,
  changeEventEngine,
  type EventEngine,
  type FaceEngine,
  readEventEngine,
} from '@pix/contracts/face-engine.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'

const POLL_MS = 3_000

/** The face engine of one event; while it changes it looks again by itself. */
export function useEngine(eventId: string) {
  const engine = shallowRef<EventEngine>()
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())
  const params = { id: eventId }
  const options = { signal: gone.signal }

  /** Without an answer the page goes on without it: it is not what the page is for. */
  async function look(): Promise<void> {
    const found = await call(readEventEngine, { params }, options).catch(() => undefined)
    if (found) engine.value = found
  }

  /** @throws ProblemError */
  async function change(to: FaceEngine): Promise<void> {
    engine.value = await call(changeEventEngine, { params, body: { engine: to } }, options)
  }

  /** @throws ProblemError */
  async function cancel(): Promise<void> {
    engine.value = await call(cancelEventEngine, { params }, options)
  }

  const timer = setInterval(() => {
    const changes = engine.value && engine.value.state !== 'settled'
    if (changes && document.visibilityState === 'visible') void look()
  }, POLL_MS)
  onScopeDispose(() => clearInterval(timer))
  void look()
  return { engine, change, cancel }
}
