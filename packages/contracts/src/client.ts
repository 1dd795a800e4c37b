import type { z } from 'zod'
import type { Contract, Form } from './contract.ts'
import type { ProblemCode } from './problem-codes.ts'

type Part<C extends Contract, K extends 'params' | 'querystring' | 'body'> =
  C['schema'] extends Record<K, infer S extends z.ZodType>
    ? Record<K extends 'querystring' ? 'query' : K, z.input<S>>
    : object

type OptionalOf<F extends Form> = F extends { optional: readonly (infer Name extends string)[] } ? Name : never

/** The texts and the files of a form; a file brings its name, a picture without one is sent as `blob`. */
export type FormInput<F extends Form> = Record<Exclude<F['texts'][number], OptionalOf<F>>, string> &
  Partial<Record<OptionalOf<F>, string>> &
  Record<F['file'], F['most'] extends 1 ? Blob : readonly Blob[]>

type FormPart<C extends Contract> = C['config'] extends { form: infer F extends Form } ? { form: FormInput<F> } : object

/** What a call takes: params, query and body or form, each only where the contract has one. */
export type Input<C extends Contract> = Part<C, 'params'> & Part<C, 'querystring'> & Part<C, 'body'> & FormPart<C>

type Success = 200 | 201 | 202 | 204
/** What a call answers when it succeeds. */
export type Output<C extends Contract> = {
  [S in keyof C['schema']['response']]: S extends Success ? z.output<C['schema']['response'][S]> : never
}[keyof C['schema']['response']]

/** A refusal of the api, or (`network`) no answer at all. */
export class ProblemError extends Error {
  readonly code: ProblemCode | 'network'
  readonly status: number
  readonly retryAfter: number | undefined
  readonly errors: { path: string; message: string }[]
  readonly requestId: string | undefined

  constructor(
    problem: {
      code: ProblemCode | 'network'
      status: number
      title?: string
      errors?: { path: string; message: string }[]
      requestId?: string
    },
    retryAfter?: number,
  ) {
    super(problem.title ?? problem.code)
    this.name = 'ProblemError'
    this.code = problem.code
    this.status = problem.status
    this.retryAfter = retryAfter
    this.errors = problem.errors ?? []
    this.requestId = problem.requestId
  }
}

export interface CallOptions {
  signal?: AbortSignal
  idempotencyKey?: string
  headers?: Record<string, string>
}

export interface Client {
  call<C extends Contract>(contract: C, input: Input<C>, options?: CallOptions): Promise<Output<C>>
  /**
   * Follows a contract that streams: yields the current state first, then every change. Ends when the server ends it;
   * throws ProblemError like `call`.
   */
  follow<C extends Contract & { config: { stream: true } }>(
    contract: C,
    input: Input<C>,
    options?: CallOptions,
  ): AsyncGenerator<Output<C>>
}

/** Where the api is and how a request is authorized; `headers` is asked again for every request. */
export interface ClientConfig {
  /** Up to and including `/api`. */
  baseUrl: string
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

/** The typed client of every program that speaks to the api: the web, `try`, seeding, tests. */
export function createClient({ baseUrl, headers = () => ({}), fetch: send = fetch }: ClientConfig): Client {
  async function request(contract: Contract, input: object, options: CallOptions, accept: string): Promise<Response> {
    const { params, query, body, form } = input as {
      params?: Record<string, string>
      query?: Record<string, unknown>
      body?: unknown
      form?: FormValues
    }
    const init: RequestInit = {
      method: contract.method,
      credentials: 'include',
      headers: {
        accept,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
        ...headers(),
        ...options.headers,
      },
    }
    if (form && contract.config.form) init.body = fillForm(contract.config.form, form)
    else if (body !== undefined) init.body = JSON.stringify(body)
    if (options.signal) init.signal = options.signal
    let response: Response
    try {
      response = await send(baseUrl + fillPath(contract.url, params) + queryString(query), init)
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw new ProblemError({ code: 'network', status: 0 })
    }
    if (!response.ok) throw await readProblem(response)
    return response
  }

  return {
    async call(contract, input, options = {}) {
      const response = await request(contract, input, options, 'application/json')
      return (response.status === 204 ? null : await response.json()) as never
    },
    async *follow(contract, input, options = {}) {
      const response = await request(contract, input, options, 'text/event-stream')
      for await (const data of eventData(response)) yield JSON.parse(data) as never
    },
  }
}

type FormValues = Readonly<Record<string, string | Blob | readonly Blob[] | undefined>>

/** A form as the api reads it: the texts before the files. */
export const formData = <F extends Form>(form: F, input: FormInput<F>): FormData => fillForm(form, input)

function fillForm({ texts, file }: Form, values: FormValues): FormData {
  const data = new FormData()
  for (const name of texts) if (values[name] !== undefined) data.append(name, values[name] as string)
  for (const blob of [values[file] as Blob | readonly Blob[]].flat()) data.append(file, blob)
  return data
}

const fillPath = (url: string, params: Record<string, string> = {}): string =>
  url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

function queryString(query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`
}

async function readProblem(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const body: unknown = await response.json().catch(() => null)
  const known = typeof body === 'object' && body !== null && 'code' in body
  return new ProblemError(
    known ? (body as ConstructorParameters<typeof ProblemError>[0]) : { code: 'unavailable', status: response.status },
    retryAfter,
  )
}

/** The `data:` of each server-sent event (https://html.spec.whatwg.org/#event-stream-interpretation), comments skipped. */
async function* eventData(response: Response): AsyncGenerator<string> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      buffer += value
      const events = buffer.split('\n\n')
      buffer = events.pop() ?? ''
      for (const event of events) {
        const data = event
          .split('\n')
          .filter(line => line.startsWith('data:'))
          .map(line => line.slice(5).trimStart())
        if (data.length > 0) yield data.join('\n')
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
