import type { NeededStanding } from '@pix/domain/standing.ts'
import type { ServiceKeyScope } from '@pix/domain/words.ts'
import { z } from 'zod'
import type { ProblemCode } from './problem-codes.ts'

/**
 * Who may call: `public` anyone, `session` a visitor's cookie (made by the first write), else the least standing that
 * somebody signed in must have somewhere. Whether they have it for the row that is asked for is a condition of the use
 * case's query.
 */
export type Access = 'public' | 'session' | NeededStanding

/** Which bucket of requests a route counts against (spec/10); `free` has a limit of its own or none. */
export type LimitName =
  | 'default'
  | 'search'
  | 'login'
  | 'upload'
  | 'batch'
  | 'chunk'
  | 'media'
  | 'payment'
  | 'coupon'
  | 'takedown'
  | 'slip'
  | 'invitation'
  | 'poster'
  | 'webhook'
  | 'free'

/**
 * A body of `multipart/form-data`, read part by part as it comes: its texts first, in this order, then its files. So
 * nobody looks at a file before the texts have said whether it is wanted.
 */
export interface Form {
  texts: readonly string[]
  /** Texts among them that may be left out. */
  optional?: readonly string[]
  /** The field of the files. */
  file: string
  /** How many files there may be. */
  most: number
}

/**
 * One route of the wire: Fastify's route object less its handler. The api spreads it into `app.route`, the OpenAPI
 * document is made from it and `call()` takes its types.
 */
export interface Contract {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api`, with Fastify's `:name` parameters. */
  url: string
  config: {
    access: Access
    limit?: LimitName
    /** A service key with this scope may call it, too. Without one a key counts for nothing here. */
    scope?: ServiceKeyScope
    /** The header `X-Captcha` has to bring a solved captcha: always, or where sign-ins failed before. */
    captcha?: 'always' | 'after_failures'
    /** The route is open to an account that has to turn its second factor on before anything else (spec/80). */
    beforeSecondFactor?: true
    /** The route also answers at an address that no studio has: to say so, or for machines. */
    atAnyHost?: true
    /** A write that goes on while maintenance pauses those of the public: no other does. */
    duringMaintenance?: true
    /** An `Idempotency-Key` header is required and kept for 24 h (spec/10). */
    idempotent?: true
    /** Also answers `Accept: text/event-stream`: first event the current state, then every change. */
    stream?: true
    /** The body is a form instead of JSON. */
    form?: Form
    /**
     * The body's bytes are read as they come, since a signature is over them: what they hold, as JSON Schema, is documented and
     * not checked.
     */
    raw?: object
    /** The content type of a body of bytes that no schema reads; `optional` where a request may have none. */
    bytes?: { type: string; optional?: true }
    /** The document shows the route's HEAD only where this says so. */
    swagger?: { exposeHeadRoute: true }
    /** At the root instead of below `/api`. */
    root?: true
  }
  schema: {
    summary: string
    tags: readonly [string]
    params?: z.ZodType
    querystring?: z.ZodType
    /** The headers that a protocol asks for. All others pass, too: it is a loose object. */
    headers?: z.ZodType
    body?: z.ZodType
    /** Content types of the answer, where it is no JSON. */
    produces?: readonly string[]
    response: Record<number, z.ZodType>
  }
}

/** A route that no program calls by its contract, so the document leaves it out: pages, and objects by signed address. */
export interface UnlistedContract extends Pick<Contract, 'method' | 'url' | 'config'> {
  schema: { hide: true }
}

/** The bytes of a picture. */
export const Bytes = z.unknown().meta({ type: 'string', format: 'binary' })

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
