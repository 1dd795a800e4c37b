import { ProblemError } from '@pix/contracts/client.ts'
import * as faces from '@pix/contracts/faces.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { followOrPoll } from '../../base/follow-or-poll.ts'
import type { Agreement } from './consent/use-agreement.ts'
import { forgetSelfie, type Selfie } from './engine/prepare-selfie.ts'
import { DeviceFailed, type SelfieProblem, toSelfieProblem } from './selfie-problem.ts'
import { sendNumbers, sendSelfie } from './start-search.ts'
import type { useSelfieEngine } from './engine/use-selfie-engine.ts'

export type SelfieSearch =
  | { status: 'capture'; problem: SelfieProblem | null }
  /** `reading` on this device, then `searching` at the server. */
  | { status: 'reading' | 'searching' | 'opening' }
  | { status: 'choose'; faces: faces.Search['faces'] }
  | { status: 'found'; search: faces.Search; matches: faces.Match[] }
  /** Consent was withdrawn: nothing is left, and nothing begins by itself. */
  | { status: 'forgotten' }

type Step = (signal: AbortSignal) => Promise<void>
type Engine = Pick<ReturnType<typeof useSelfieEngine>, 'here' | 'read'>

const POLL_MS = 1_000
const isSettled = ({ state }: faces.Search) => state === 'done' || state === 'failed' || state === 'choose_face'

/**
 * One face search from the selfie to its matches, with the selfie sent or, where `engine.here` says so, read on this
 * device. The selfie stays on the screen until the page is left, also after a failure, and the search can go on from the
 * step that failed. After a network error it goes on by itself when the network is back.
 *
 * @param agreement what was agreed to before the selfie
 */
export function useSelfieSearch(engine: Engine, { isGiven, agreed }: Pick<Agreement, 'isGiven' | 'agreed'>) {
  const search = shallowRef<SelfieSearch>({ status: 'capture', problem: null })
  const selfie = shallowRef<Selfie | null>(null)
  /** The chosen one of several faces, relative to the selfie. */
  const ownFace = shallowRef<faces.Search['faces'][number]['box'] | null>(null)
  let running = new AbortController()
  let goOnWith: ((index: number, signal: AbortSignal) => Promise<void>) | undefined
  /** What is repeated after a failure: everything, or what was left once the api had the selfie. */
  let fromSelfie: Step | undefined
  let remaining: Step | undefined
  /** The search that the api has, of the selfie that is shown. */
  let atServer: string | undefined

  function showSelfie(next: Selfie | null) {
    if (next !== selfie.value) forgetSelfie(selfie.value)
    selfie.value = next
    ownFace.value = null
  }

  /** Runs one step; a step that was overtaken by another says nothing more. */
  async function step(work: Step) {
    running.abort()
    const { signal } = (running = new AbortController())
    try {
      await work(signal)
    } catch (error) {
      if (signal.aborted) return
      // A search that the api does not know any more begins from the selfie.
      if (error instanceof ProblemError && error.status === 404) remaining = fromSelfie
      search.value = { status: 'capture', problem: toSelfieProblem(error) }
    }
  }

  function begin(work: Step) {
    remaining = work
    return step(work)
  }

  function askWhich(found: faces.Search['faces'], then: NonNullable<typeof goOnWith>) {
    goOnWith = then
    search.value = { status: 'choose', faces: found }
  }

  async function followUntilSettled(id: string, signal: AbortSignal) {
    atServer = id
    remaining = again => followUntilSettled(id, again)
    for await (const state of followOrPoll(
      faces.searchStatus,
      { params: { id } },
      { signal, pollMs: POLL_MS, done: isSettled },
    )) {
      if (!isSettled(state)) continue
      if (state.state === 'choose_face') askWhich(state.faces, (index, signal) => chooseAtServer(id, index, signal))
      else if (state.problem) {
        remaining = fromSelfie
        search.value = { status: 'capture', problem: { kind: 'selfie', ...state.problem } }
      } else await showResults(id, signal)
    }
  }

  async function chooseAtServer(id: string, index: number, signal: AbortSignal) {
    await call(faces.chooseFace, { params: { id }, body: { index } }, { signal })
    await followUntilSettled(id, signal)
  }

  async function showResults(id: string, signal: AbortSignal) {
    const found = await call(faces.searchResults, { params: { id } }, { signal })
    if (found.search.state === 'done') search.value = { status: 'found', search: found.search, matches: found.items }
    else await followUntilSettled(id, signal)
  }

  async function searchHere(eventId: string, { aspect, original }: Selfie, signal: AbortSignal) {
    // A file whose type is no picture's would be refused by the server, too.
    if (aspect === null && original.type !== '' && !original.type.startsWith('image/'))
      throw new ProblemError({ code: 'not_an_image', status: 415 })
    if (aspect === null) throw new DeviceFailed('unreadable')
    search.value = { status: 'reading' }
    const { modelVersion, reading } = await engine.read(original).catch((error: unknown) => {
      throw new DeviceFailed('no_engine', error)
    })
    signal.throwIfAborted()
    if (reading.kind === 'refused') {
      search.value = { status: 'capture', problem: { kind: 'selfie', code: reading.fault, hints: reading.hints } }
      return
    }
    const sendFace = async (index: number, signal: AbortSignal) => {
      search.value = { status: 'searching' }
      await followUntilSettled(
        await sendNumbers(eventId, agreed(), modelVersion, reading.faces[index]!, signal),
        signal,
      )
    }
    if (reading.faces.length === 1) return sendFace(0, signal)
    const boxes = reading.faces.map(({ box }, index) => ({ index, box }))
    askWhich(boxes, sendFace)
  }

  async function searchWith(eventId: string, taken: Selfie, signal: AbortSignal) {
    if (engine.here.value) return searchHere(eventId, taken, signal)
    search.value = { status: 'searching' }
    await followUntilSettled(await sendSelfie(eventId, agreed(), taken, signal), signal)
  }

  /** Only called once the consent box is ticked. */
  function start(eventId: string, taken: Selfie) {
    showSelfie(taken)
    atServer = undefined
    fromSelfie = signal => searchWith(eventId, taken, signal)
    return begin(fromSelfie)
  }

  function chooseFace(index: number) {
    if (search.value.status === 'choose')
      ownFace.value = search.value.faces.find(face => face.index === index)?.box ?? null
    return begin(async signal => {
      search.value = { status: 'searching' }
      await goOnWith?.(index, signal)
    })
  }

  /** After a failure: with the same selfie, from where it was. Without consent no selfie goes anywhere. */
  function retry() {
    if (!remaining || (selfie.value && !isGiven.value)) return
    if (selfie.value) search.value = { status: 'searching' }
    return step(remaining)
  }

  const onBack = () => {
    const now = search.value
    if (now.status === 'capture' && now.problem?.kind === 'request' && now.problem.cause === 'network') void retry()
  }
  addEventListener('online', onBack)

  /** Back to an earlier search of this session; one that is gone starts afresh. */
  const open = (id: string) =>
    begin(async signal => {
      atServer = id
      search.value = { status: 'opening' }
      try {
        await showResults(id, signal)
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 404) throw error
        if (!signal.aborted) search.value = { status: 'capture', problem: null }
      }
    })

  /**
   * Gives the selfie to another page, so that leaving this one does not free it.
   *
   * @returns it, and the search that the api has of it
   */
  function handOver(): { selfie: Selfie | null; searchId: string | undefined } {
    const given = { selfie: selfie.value, searchId: atServer }
    selfie.value = null
    return given
  }

  function again() {
    running.abort()
    atServer = undefined
    search.value = { status: 'capture', problem: null }
  }

  /** Consent was withdrawn: the selfie goes as well. */
  function forget() {
    running.abort()
    showSelfie(null)
    fromSelfie = remaining = undefined
    search.value = { status: 'forgotten' }
  }

  onScopeDispose(() => {
    removeEventListener('online', onBack)
    running.abort()
    showSelfie(null)
  })
  return { search, selfie, ownFace, showSelfie, start, chooseFace, open, retry, again, forget, handOver }
}
