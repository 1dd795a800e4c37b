import { PROBLEMS, type ProblemCode } from '@pix/contracts/problem-codes.ts'

export interface FieldError {
  path: string
  message: string
}

/**
 * A refusal: what the caller did wrong or cannot have. Its code is in the catalogue of the contracts and becomes an
 * RFC 9457 answer; anything else that is thrown is a bug and answers 500 without detail.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string | undefined
  readonly errors: readonly FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ProblemCode,
    more: { detail?: string; errors?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(PROBLEMS[code][1])
    this.name = 'Problem'
    this.code = code
    this.status = PROBLEMS[code][0]
    this.detail = more.detail
    this.errors = more.errors
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** The refusal that says both "there is no such thing" and "it is not for you". */
export const notFound = (): Problem => new Problem('not_found')
