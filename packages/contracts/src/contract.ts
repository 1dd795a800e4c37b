import { z } from 'zod'
import type { ProblemCode } from './problem-codes.ts'

/** Who may call: `public` anyone, `session` a visitor's cookie (made by the first write), `user` any login, else one of the roles. */
export type Access = 'public' | 'session' | 'user' | 'photographer' | 'organizer' | 'admin'

/** Which bucket of requests a route counts against (spec/10); `free` has a limit of its own or none. */
export type LimitName = 'default' | 'search' | 'login' | 'upload' | 'media' | 'payment' | 'webhook' | 'free'

/**
 * One route of the wire: Fastify's route object less its handler. The api spreads it into `app.route`, the OpenAPI
 * document is made from it and `call()` takes its types.
 */
export interface Contract {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api`, with Fastify's `:name` parameters. */
  url: string
  config: {
    access: Access
    limit?: LimitName
    /** An `Idempotency-Key` header is required and kept for 24 h (spec/10). */
    idempotent?: true
    /** Also answers `Accept: text/event-stream`: first event the current state, then every change. */
    stream?: true
  }
  schema: {
    summary: string
    tags: readonly [string]
    params?: z.ZodType
    querystring?: z.ZodType
    body?: z.ZodType
    /** Set to `multipart/form-data` where the body is a form with a file; fields are named in the summary. */
    consumes?: readonly string[]
    response: Record<number, z.ZodType>
  }
}

/** RFC 9457 body of the given refusals. The codes are listed per endpoint so that a client can switch over them. */
export const problem = <const C extends readonly [ProblemCode, ...ProblemCode[]]>(...codes: C) =>
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.enum(codes),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
