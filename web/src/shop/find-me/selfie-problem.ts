import { ProblemError } from '@pix/contracts/client.ts'
import type { Search } from '@pix/contracts/faces.ts'
import { problemMessage } from '../../base/problem-message.ts'

type SearchProblem = NonNullable<Search['problem']>
/** No engine to be had, a file it cannot read, or other models than the event's. */
type DeviceCode = 'no_engine' | 'unreadable' | 'outdated'

/**
 * Why a selfie gave no result: the search says what was wrong with it, or the request itself failed, or this device could
 * not search by itself. Of the last kind nothing was sent, and nothing is without a new yes.
 */
export type SelfieProblem =
  | { kind: 'selfie'; code: SearchProblem['code']; hints: SearchProblem['hints'] }
  /** `retryAt`, ms since 1970: sooner the api would refuse it again. */
  | { kind: 'request'; cause: 'network' | 'too_fast' | 'too_many' | 'other'; message: string; retryAt?: number }
  | { kind: 'device'; code: DeviceCode }

/** This device cannot search by itself. */
export class DeviceFailed extends Error {
  readonly code: DeviceCode

  constructor(code: DeviceCode, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** Refusals that say when they end. */
const WAITING: Partial<Record<ProblemError['code'], 'too_fast' | 'too_many'>> = {
  rate_limited: 'too_fast',
  too_many_people: 'too_many',
}

export function toSelfieProblem(error: unknown): SelfieProblem {
  if (error instanceof DeviceFailed) return { kind: 'device', code: error.code }
  if (error instanceof ProblemError && error.code === 'model_outdated') return { kind: 'device', code: 'outdated' }
  if (error instanceof ProblemError && (error.code === 'not_an_image' || error.code === 'image_too_large'))
    return { kind: 'selfie', code: error.code, hints: [] }
  const message = problemMessage(error)
  if (!(error instanceof ProblemError)) return { kind: 'request', cause: 'other', message }
  if (error.code === 'network') return { kind: 'request', cause: 'network', message }
  const cause = WAITING[error.code]
  if (!cause) return { kind: 'request', cause: 'other', message }
  return { kind: 'request', cause, message, retryAt: Date.now() + (error.retryAfter ?? 1) * 1_000 }
}
