import { PROBLEMS } from '@pix/contracts/problem-codes.ts'
import { type DescribedRoute, refusalsOf } from './answers.ts'
import { PROBLEM_TYPE } from './problems.ts'

interface Operation {
  parameters?: object[]
  requestBody?: { required: boolean }
  security?: Record<string, string[]>[] | undefined
  responses: Record<string, { description: string; content?: Record<string, unknown>; headers?: object }>
}

export interface Document {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, object> }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
      },
    },
    requestId: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The same key and body get the first answer again, for 24 h',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
}

const CAPTCHA = {
  name: 'X-Captcha',
  in: 'header',
  required: false,
  description: 'The captcha of `GET /auth/captcha` and its solution, as JSON in base64; good once',
  schema: { type: 'string', maxLength: 2_000 },
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }

/** How a route is named among the document's operations. */
export const operationKey = (method: string, url: string): string =>
  `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`

/**
 * Adds to the document what contracts leave to the api: what every request passes, and how refusals look. Schemas stand by
 * name, so that the document does not change with the order in which contracts were loaded.
 */
export function completeDocument(document: Document, routes: ReadonlyMap<string, DescribedRoute>): Document {
  const named = Object.entries({ ...document.components?.schemas, Problem: PROBLEM })
  const schemas = Object.fromEntries(named.toSorted(([x], [y]) => (x < y ? -1 : 1)))
  document.components = { ...document.components, schemas }
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      const route = routes.get(`${method} ${path}`)
      if (route) complete(operation, route)
    }
  }
  return document
}

function complete(operation: Operation, route: DescribedRoute): void {
  const { access = 'public', idempotent, stream, captcha, scope, bytes } = route.config
  operation.security = [...SECURITY[access]!, ...(scope ? [{ serviceKey: [scope] }] : [])]
  if (idempotent) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY]
  if (captcha) operation.parameters = [...(operation.parameters ?? []), CAPTCHA]
  // The library takes every body for required.
  if (bytes?.optional && operation.requestBody) operation.requestBody.required = false
  const ok = operation.responses['200']
  if (stream && ok) {
    ok.content = {
      ...ok.content,
      'text/event-stream': {
        schema: { type: 'string', description: 'One event now and one for every change; each `data` is the JSON' },
      },
    }
  }
  // The contract describes its bytes.
  if (ok && route.schema.produces?.includes('application/json')) {
    ok.content = { ...ok.content, 'application/json': { schema: { type: 'array', items: { type: 'object' } } } }
  }
  if (route.method === 'GET' && access === 'public') {
    operation.responses['304'] ??= { description: 'Not modified: `If-None-Match` named the present ETag' }
  }
  for (const [status, codes] of refusalsOf(route)) {
    const isOfTheContract = route.schema.response[status] !== undefined
    // What is no problem, such as the state of dependencies, keeps its own shape.
    if (isOfTheContract && status >= 500 && !('code' in shapeOf(route.schema.response[status]))) continue
    operation.responses[status] = {
      description: codes.map(code => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
      ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
      content: {
        [PROBLEM_TYPE]: {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              { properties: { code: { type: 'string', enum: codes } } },
            ],
          },
        },
      },
    }
  }
}

const shapeOf = (schema: unknown): object => (schema as { shape?: object } | undefined)?.shape ?? {}

/** An empty requirement: also without. A visitor's session begins with the first write. */
const SECURITY: Record<string, Record<string, string[]>[]> = {
  public: [{}, { accessToken: [] }],
  session: [{}, { session: [] }],
  ...Object.fromEntries(
    ['user', 'photographer', 'organizer', 'sales', 'manager', 'owner', 'platform_admin'].map(access => [
      access,
      [{ accessToken: [] as string[] }],
    ]),
  ),
}
