import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError } from '@pix/contracts/client.ts'

/** How long an answer is waited for, with everything failing in between. */
export const PATIENCE_MS = 90_000
const LONGEST_WAIT_MS = 5_000

/** An answer, or the code of the refusal. */
export type Outcome<T> = { answer: T } | { refused: ProblemError['code'] }

/** Tries again what failed because a program was away, as people and their browsers do, until the shop answers or refuses. */
export async function outcomeOf<T>(act: () => Promise<T>): Promise<Outcome<T>> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return { answer: await act() }
    } catch (error) {
      if (!passes(error) || performance.now() > deadline) {
        if (error instanceof ProblemError && error.status >= 400 && error.status < 429) return { refused: error.code }
        throw error
      }
      const seconds = error instanceof ProblemError ? error.retryAfter : undefined
      await sleep(Math.min((seconds ?? 0.3) * 1_000, LONGEST_WAIT_MS))
    }
  }
}

/** The same for what must be answered. @throws Error that names the refusal */
export async function insist<T>(act: () => Promise<T>): Promise<T> {
  const outcome = await outcomeOf(act)
  if ('refused' in outcome) throw new Error(`refused: ${outcome.refused}`)
  return outcome.answer
}

/** The same where some refusals say that it is done already. @returns whether it was done by this */
export async function insistUnless(settled: readonly string[], act: () => Promise<unknown>): Promise<boolean> {
  const outcome = await outcomeOf(act)
  if ('answer' in outcome) return true
  if (settled.includes(outcome.refused)) return false
  throw new Error(`refused: ${outcome.refused}`)
}

/** No answer, one that says that something is away, or one that asks to wait. `fetch` throws a TypeError where none came. */
const passes = (error: unknown): boolean =>
  error instanceof ProblemError
    ? error.status === 0 || error.status >= 500 || error.status === 429 || error.code === 'idempotency_in_flight'
    : error instanceof TypeError
