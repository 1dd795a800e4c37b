import { type Output, ProblemError } from '@pix/contracts/client.ts'
import type { Contract } from '@pix/contracts/contract.ts'
import type { Input } from '@pix/contracts/client.ts'
import { call, follow } from './api.ts'

/**
 * Each pause between two requests is longer than the one before by this factor, up to a multiple of `pollMs`. A stream
 * that broke is tried again only every so many requests. So streams and requests together stay far below what the api
 * allows per minute.
 */
const SLOWER = 1.2
const SLOWEST = 4
const LIVE_AGAIN = 5

/** A live stream sends its first event at once. One that sends nothing for so long is held back by a proxy. */
const SILENT_MS = 5_000

export interface Following<T> {
  signal: AbortSignal
  /** How often to ask at first where the live stream fails; ever more slowly then. */
  pollMs: number
  /** The state after which nothing more comes. */
  done: (state: T) => boolean
  /** Called each time a try has failed; the next follows by itself. */
  failed?: () => void
}

/** A request without an answer after this time is repeated. */
const ANSWER_MS = 10_000

/**
 * Every state of something that changes, the present one first: by the live stream, and where that fails or ends too
 * early by polling. Network errors do not end it. Ends when `done`, or when the signal aborts.
 *
 * @throws ProblemError when it does not exist, or is not the caller's
 */
export async function* followOrPoll<C extends Contract & { config: { stream: true } }>(
  contract: C,
  input: Input<C>,
  { signal, pollMs, done, failed }: Following<Output<C>>,
): AsyncGenerator<Output<C>> {
  let wait = pollMs
  let untilLive = 0
  while (!signal.aborted) {
    if (untilLive <= 0) {
      try {
        for await (const state of liveStates(contract, input, signal)) {
          yield state
          if (done(state)) return
        }
        untilLive = LIVE_AGAIN
      } catch (error) {
        passOver(error, signal)
        untilLive = error instanceof SilentStream ? Infinity : LIVE_AGAIN
      }
    }
    let askedToWait = 0
    try {
      const state = await askOnce(contract, input, signal)
      yield state
      if (done(state)) return
    } catch (error) {
      passOver(error, signal)
      if (error instanceof ProblemError) askedToWait = (error.retryAfter ?? 0) * 1_000
      if (!signal.aborted) failed?.()
    }
    await pause(Math.max(wait, askedToWait), signal)
    wait = Math.min(wait * SLOWER, pollMs * SLOWEST)
    untilLive -= 1
  }
}

/**
 * Passes over failures that may pass: a bad network, an api that restarts. Only an error that says that there is no
 * such thing ends it.
 */
function passOver(error: unknown, signal: AbortSignal): void {
  if (!signal.aborted && error instanceof ProblemError && error.status === 404) throw error
}

async function askOnce<C extends Contract>(contract: C, input: Input<C>, signal: AbortSignal): Promise<Output<C>> {
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  const late = setTimeout(onAbort, ANSWER_MS)
  try {
    return await call(contract, input, { signal: stop.signal })
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', onAbort)
  }
}

class SilentStream extends Error {}

async function* liveStates<C extends Contract & { config: { stream: true } }>(
  contract: C,
  input: Input<C>,
  signal: AbortSignal,
): AsyncGenerator<Output<C>> {
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  let received = false
  const silence = setTimeout(() => stop.abort(), SILENT_MS)
  try {
    for await (const state of follow(contract, input, { signal: stop.signal })) {
      received = true
      clearTimeout(silence)
      yield state
    }
  } catch (error) {
    if (stop.signal.aborted && !signal.aborted && !received) throw new SilentStream()
    throw error
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', onAbort)
    stop.abort()
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
