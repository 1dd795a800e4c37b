import { EndedForAnother, TimedOut } from '../children/child-pool.ts'

const TRIES = 2

/**
 * Does a piece of work, a second time if it broke off. What took too long would do so again, and end its process with all
 * that goes on there: it is not tried again. What ended for another's fault has no try less.
 *
 * @returns null when it could not be done
 */
export async function tryTwice<R>(work: () => Promise<R>, onBroken: (error: unknown) => void): Promise<R | null> {
  for (let broken = 0; broken < TRIES;) {
    try {
      return await work()
    } catch (error) {
      onBroken(error)
      if (error instanceof TimedOut) return null
      if (!(error instanceof EndedForAnother)) broken += 1
    }
  }
  return null
}
