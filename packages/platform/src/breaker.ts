/**
 * A circuit breaker: once a part of ours has been silent several times, calls to it fail at once, until one that is let
 * through as a trial is answered.
 */
export interface Breaker {
  /** Whether a call may be made now. While the breaker is open, one trial passes after each pause. */
  allows(): boolean
  /** The part answered, be it with a refusal. */
  answered(): void
  /** The part kept silent until the time-out. */
  silent(): void
}

/**
 * @param silences in a row that open it: one alone may be a stall of this process
 * @param pauseMs between two trials while it is open
 * @param now a clock that only goes forward, ms
 */
export function createBreaker(silences = 3, pauseMs = 1_000, now = () => performance.now()): Breaker {
  let inARow = 0
  let nextTrialAt = 0
  return {
    allows() {
      if (inARow < silences) return true
      const at = now()
      if (at < nextTrialAt) return false
      nextTrialAt = at + pauseMs
      return true
    },
    answered() {
      inARow = 0
    },
    silent() {
      inARow += 1
      if (inARow >= silences) nextTrialAt = now() + pauseMs
    },
  }
}
