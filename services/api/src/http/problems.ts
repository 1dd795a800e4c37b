import { PROBLEMS, type ProblemCode } from '@pix/contracts/problem-codes.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { Problem } from '../base/problem.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** Faults that Fastify and its plugins find before a handler runs. */
const FASTIFY_CODES: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
  FST_FILES_LIMIT: 'too_many_files',
  FST_ERR_NOT_FOUND: 'not_found',
}

/** Every refusal and every fault leaves as RFC 9457, with the request's id and nothing internal. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not_found')))
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'the request failed')
    return sendProblem(request, reply, problem)
  })
}

/** Faults found before there is a route, such as an address that cannot be decoded. */
export const answerFrameworkError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
  void sendProblem(request, reply, toProblem(error))

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = (error as { validationContext?: string }).validationContext ?? 'body'
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: part + instancePath.replace(/\/$/, '').replaceAll('/', '.'),
      message: message ?? 'is not valid',
    }))
    // An id that cannot exist is answered like one that does not.
    if (part === 'params') return new Problem('not_found')
    return new Problem('invalid_request', { errors })
  }
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: string }
  const known = FASTIFY_CODES[code]
  if (known) return new Problem(known)
  // Text that PostgreSQL cannot store, such as U+0000: the caller's, not ours.
  if (hasCode(error, NOT_TEXT))
    return new Problem('invalid_request', { detail: 'The text has characters that cannot be kept.' })
  if (isDependencyAway(error)) return new Problem('unavailable', { retryAfterSeconds: 2 })
  return new Problem(statusCode >= 400 && statusCode < 500 ? 'malformed_request' : 'internal')
}

/** Node's and PostgreSQL's words for "not reachable now": the caller may try again. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'REDIS_AWAY',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
])
const NOT_TEXT = new Set(['22021', '22P05'])
const AWAY_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|stream isn't writeable|Command timed out|Connection is closed/i

const isDependencyAway = (error: unknown): boolean =>
  hasCode(error, AWAY) || causesOf(error).some(fault => AWAY_TEXT.test(fault.message))

const hasCode = (error: unknown, codes: ReadonlySet<string>): boolean =>
  causesOf(error).some(fault => codes.has((fault as NodeJS.ErrnoException).code ?? ''))

/** The error and what it wraps: Drizzle wraps what PostgreSQL says. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let fault = error; fault instanceof Error && causes.length < 5; fault = fault.cause) causes.push(fault)
  return causes
}

/** Writes the problem; also used where no error can be thrown, in a route that has already begun to answer. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds)
  const body = {
    type: `/api/docs#problem-${problem.code}`,
    title: PROBLEMS[problem.code][1],
    status: problem.status,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    instance: request.url.split('?')[0],
    code: problem.code,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    requestId: request.id,
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}
