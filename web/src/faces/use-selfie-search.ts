import { ProblemError } from '@pix/contracts/client.ts'
import * as faces from '@pix/contracts/faces.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../app/api.ts'
import { followOrPoll } from '../app/follow-or-poll.ts'
import { problemMessage } from '../app/problem-message.ts'
import { forgetSelfie, type Selfie } from './prepare-selfie.ts'

type SearchProblem = NonNullable<faces.Search['problem']>

/** Why a selfie led nowhere: the search says what was wrong with it, or the request itself failed. */
export type SelfieProblem =
  | { kind: 'selfie'; code: SearchProblem['code']; hints: SearchProblem['hints'] }
  | { kind: 'request'; message: string }

export type SelfieSearch =
  | { status: 'capture'; problem: SelfieProblem | null }
  | { status: 'searching' | 'opening' }
  | { status: 'choose'; search: faces.Search }
  | { status: 'found'; search: faces.Search; matches: faces.Match[] }

const POLL_MS = 1_000
const isSettled = ({ state }: faces.Search) => state === 'done' || state === 'failed' || state === 'choose_face'

/** One face search from the selfie to its matches. The selfie stays on this device's screen until the page is left. */
export function useSelfieSearch() {
  const search = shallowRef<SelfieSearch>({ status: 'capture', problem: null })
  const selfie = shallowRef<Selfie | null>(null)
  let running = new AbortController()

  function showSelfie(next: Selfie | null) {
    if (next !== selfie.value) forgetSelfie(selfie.value)
    selfie.value = next
  }

  /** Runs one step; a step that was overtaken by another says nothing more. */
  async function step(work: (signal: AbortSignal) => Promise<void>) {
    running.abort()
    const { signal } = (running = new AbortController())
    try {
      await work(signal)
    } catch (error) {
      if (!signal.aborted) search.value = { status: 'capture', problem: asProblem(error) }
    }
  }

  async function followUntilSettled(id: string, signal: AbortSignal) {
    for await (const state of followOrPoll(
      faces.searchStatus,
      { params: { id } },
      { signal, pollMs: POLL_MS, done: isSettled },
    )) {
      if (!isSettled(state)) continue
      if (state.state === 'choose_face') search.value = { status: 'choose', search: state }
      else if (state.problem) search.value = { status: 'capture', problem: { kind: 'selfie', ...state.problem } }
      else await showResults(id, signal)
    }
  }

  async function showResults(id: string, signal: AbortSignal) {
    const found = await call(faces.searchResults, { params: { id } }, { signal })
    if (found.search.state === 'done') search.value = { status: 'found', search: found.search, matches: found.items }
    else await followUntilSettled(id, signal)
  }

  /** Only called once the consent box is ticked; the consent goes before the first byte of the selfie. */
  const start = (eventId: string, taken: Selfie) =>
    step(async signal => {
      showSelfie(taken)
      search.value = { status: 'searching' }
      const form = new FormData()
      form.set('eventId', eventId)
      form.set('consent', faces.CONSENT_VERSION)
      form.set('selfie', taken.blob, 'selfie.jpg')
      const { id } = await call(faces.startSearch, {}, { form, signal })
      await followUntilSettled(id, signal)
    })

  const chooseFace = (id: string, index: number) =>
    step(async signal => {
      search.value = { status: 'searching' }
      await call(faces.chooseFace, { params: { id }, body: { index } }, { signal })
      await followUntilSettled(id, signal)
    })

  /** Back to an earlier search of this session; one that is gone starts afresh. */
  const open = (id: string) =>
    step(async signal => {
      search.value = { status: 'opening' }
      try {
        await showResults(id, signal)
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 404) throw error
        if (!signal.aborted) search.value = { status: 'capture', problem: null }
      }
    })

  function again() {
    running.abort()
    search.value = { status: 'capture', problem: null }
  }

  onScopeDispose(() => {
    running.abort()
    showSelfie(null)
  })
  return { search, selfie, start, chooseFace, open, again }
}

const asProblem = (error: unknown): SelfieProblem =>
  error instanceof ProblemError && error.code === 'not_an_image'
    ? { kind: 'selfie', code: 'not_an_image', hints: [] }
    : { kind: 'request', message: problemMessage(error) }
