import { BANGKOK_MS } from '@pix/domain/bangkok.ts'
import { Problem } from '../../base/problem.ts'

/**
 * When a version begins that is to count from a day on: with that day in Bangkok, or now where the day is today or none is
 * given. Of versions that were written for the same day the later one counts: it begins a millisecond after the one before.
 *
 * @param latest start of the scope's versions that begin with that day or just after
 * @throws Problem `invalid_request` for a day that is over
 */
export function startOf(from: string | undefined, now: Date, latest: Date | null): Date {
  const midnight = from === undefined ? 0 : Date.parse(`${from}T00:00:00Z`) - BANGKOK_MS
  if (from !== undefined && midnight + 86_400_000 <= now.getTime())
    throw new Problem('invalid_request', { errors: [{ path: 'body.from', message: 'is over' }] })
  const wanted = Math.max(midnight, now.getTime())
  return new Date(latest !== null && latest.getTime() >= wanted ? latest.getTime() + 1 : wanted)
}
