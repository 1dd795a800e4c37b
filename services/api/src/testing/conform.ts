import type { IncomingMessage, ServerResponse } from 'node:http'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import type { Document } from '../http/complete-document.ts'

const JSON_TYPE = 'application/json'

/** A request and its answer. */
interface Exchange {
  method: string
  /** With or without its query. */
  url: string
  status: number
  contentType: string | undefined
  /** The code of a problem. */
  code: string | undefined
  allow: string | undefined
  /** The body of a request that carries JSON, parsed. */
  sent?: unknown
  /** The body of an answer in JSON that is no problem, parsed. */
  said?: unknown
}

interface Operation {
  requestBody?: { content: Record<string, object> }
  responses: Record<string, { content?: Record<string, { schema: { allOf?: [object, Codes] } }> }>
}
interface Codes {
  properties: { code: { enum: string[] } }
}

/**
 * Holds requests and answers against the OpenAPI document: each answer must be one that it shows, body included, and a
 * request that succeeds must carry what it describes. @returns what is wrong, or null
 */
export function createConformance(app: FastifyInstance): (exchange: Exchange) => string | null {
  const document = app.swagger() as unknown as Document
  const { paths = {} } = document
  const fitFault = createSchemaCheck(document)
  const patterns = Object.keys(paths)
    .map(path => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)

  return exchange => {
    const path = patterns.find(({ pattern }) => pattern.test(exchange.url.split('?')[0]!))?.path
    if (path === undefined) return null
    const method = exchange.method.toLowerCase()
    const operations = paths[path] as unknown as Record<string, Operation>
    const operation = operations[method] ?? (method === 'head' ? operations.get : undefined)
    const at = ['paths', path, operations[method] ? method : 'get']
    const fault = operation
      ? (faultOf(operation, exchange) ??
        sentFault(operation, exchange, sent => fitFault([...at, 'requestBody', ...JSON_BODY], sent)) ??
        saidFault(operation, exchange, said =>
          fitFault([...at, 'responses', `${exchange.status}`, ...JSON_BODY], said),
        ))
      : wrongMethodFault(exchange)
    return fault && `${exchange.method} ${path} answered ${exchange.status} ${exchange.code ?? ''}: ${fault}`
  }
}

const JSON_BODY = ['content', JSON_TYPE, 'schema']

/** Checks values by the schema at a path of the document. Formats are the pattern's matter, which stands beside them. */
function createSchemaCheck(document: Document) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, 'document')
  const checks = new Map<string, ValidateFunction>()
  return (at: readonly string[], value: unknown): string | null => {
    const pointer = at.map(name => name.replaceAll('/', '~1').replaceAll(/[{}]/g, encodeURIComponent)).join('/')
    const check = checks.get(pointer) ?? ajv.compile({ $ref: `document#/${pointer}` })
    checks.set(pointer, check)
    if (check(value)) return null
    const whose = at[3] === 'requestBody' ? 'request' : 'answer'
    return `the document does not show this body of the ${whose}: ${ajv.errorsText(check.errors)}`
  }
}

/** Says what is wrong with a body for which the document has a schema. */
type Fit = (body: unknown) => string | null

function sentFault({ requestBody }: Operation, { status, sent }: Exchange, fit: Fit): string | null {
  if (status >= 300 || sent === undefined) return null
  if (requestBody?.content[JSON_TYPE]) return fit(sent)
  return Object.keys(sent ?? {}).length === 0 ? null : 'the document shows no JSON body for this request'
}

/** An answer that says nothing is `null` in JSON. */
function saidFault({ responses }: Operation, { status, said }: Exchange, fit: Fit): string | null {
  if (said === undefined) return null
  if (responses[status]?.content?.[JSON_TYPE]) return fit(said)
  return said === null ? null : 'the document shows no JSON body for this answer'
}

function wrongMethodFault({ status, allow }: Exchange): string | null {
  if (status === 429) return null
  return status === 405 && allow ? null : 'a method that the document does not show must be 405 with Allow'
}

function faultOf(operation: Operation, { method, status, contentType, code }: Exchange): string | null {
  const described = operation.responses[String(status)]
  if (!described) return 'the document does not show this status'
  const type = contentType?.split(';')[0]
  const types = Object.keys(described.content ?? {})
  if (types.length === 0 || type === undefined) return null
  const content = described.content?.[type]
  if (!content) return `the document shows ${types.join(', ')}, not ${type}`
  // It has no body, and its headers say the rest.
  if (method === 'HEAD') return null
  const codes = content.schema.allOf?.[1].properties.code.enum
  return codes && !codes.includes(code ?? '') ? `the document shows the codes ${codes.join(', ')}` : null
}

/** What an answer says: the code of a problem, or another body in JSON. */
function saidBy(contentType: string | undefined, body: string): Pick<Exchange, 'code' | 'said'> {
  const type = contentType?.split(';')[0]
  if (body === '') return { code: undefined }
  if (type === 'application/problem+json') return { code: (JSON.parse(body) as { code: string }).code }
  return { code: undefined, said: type === JSON_TYPE ? JSON.parse(body) : undefined }
}

/** Every app of a process serves the same document, and reading it takes longer than making the app. */
let ofTheProcess: ReturnType<typeof createConformance> | undefined

/**
 * Every exchange by `app.inject` is held against the document; one that it does not show fails the test at once. What is
 * wrong with one over a real connection is listed in `faults`.
 *
 * @param alone reads this app's own document, for a test that changes it
 */
export function holdAgainstDocument(app: FastifyInstance, alone = false): { faults: readonly string[] } {
  const conform = alone ? createConformance(app) : (ofTheProcess ??= createConformance(app))
  const inject = app.inject.bind(app) as (options: object) => Promise<Awaited<ReturnType<FastifyInstance['inject']>>>
  app.inject = (async (options: { method?: string; url: string; payload?: unknown; body?: unknown }) => {
    const answer = await inject(options)
    const contentType = answer.headers['content-type']?.toString()
    const sent = options.payload ?? options.body
    const fault = conform({
      method: options.method ?? 'GET',
      url: options.url,
      status: answer.statusCode,
      contentType,
      ...saidBy(contentType, answer.body),
      allow: answer.headers.allow,
      // Everything else that is injected is a form.
      sent: isPlain(sent) ? sent : undefined,
    })
    if (fault) throw new Error(fault)
    return answer
  }) as never
  // A request that comes while the app closes is refused by Fastify itself, before any route: a webhook may come late.
  let closing = false
  const close = app.close.bind(app) as () => Promise<undefined>
  app.close = (() => {
    closing = true
    return close()
  }) as never
  const faults: string[] = []
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (closing) return
    const sent = collect(request)
    const said = collectEnd(response)
    response.on('finish', () => {
      const contentType = response.getHeader('content-type')?.toString()
      const isJson = request.headers['content-type']?.startsWith('application/json')
      const fault = conform({
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        status: response.statusCode,
        contentType,
        ...saidBy(contentType, said()),
        allow: response.getHeader('allow')?.toString(),
        // What was refused may be cut short, or no JSON at all.
        sent: isJson && response.statusCode < 300 && sent() ? JSON.parse(sent()) : undefined,
      })
      if (fault) faults.push(fault)
    })
  })
  return { faults }
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Listens in on a body that somebody else reads. @returns what has come so far */
function collect(request: IncomingMessage): () => string {
  const chunks: Buffer[] = []
  const emit = request.emit.bind(request)
  request.emit = (name: string | symbol, ...given: unknown[]) => {
    if (name === 'data' && request.headers['content-type']?.startsWith('application/json'))
      chunks.push(Buffer.from(given[0] as Uint8Array))
    return emit(name, ...given)
  }
  return () => Buffer.concat(chunks).toString()
}

/** @returns the text that an answer ended with: all of one in JSON */
function collectEnd(response: ServerResponse): () => string {
  let last = ''
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse
  response.end = ((...given: unknown[]) => {
    if (typeof given[0] === 'string' || Buffer.isBuffer(given[0])) last = given[0].toString()
    return end(...given)
  }) as never
  return () => last
}
