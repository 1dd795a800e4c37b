import type { FastifyInstance } from 'fastify'
import type { Document } from './complete-document.ts'

interface Answer {
  method: string
  /** With or without its query. */
  url: string
  status: number
  contentType: string | undefined
  /** The code of a problem. */
  code: string | undefined
  allow: string | undefined
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: { allOf?: [object, Codes] } }> }>
}
interface Codes {
  properties: { code: { enum: string[] } }
}

/** Holds answers against the OpenAPI document: each must be one that it shows. @returns what is wrong, or null */
export function createConformance(app: FastifyInstance): (answer: Answer) => string | null {
  const { paths = {} } = app.swagger() as unknown as Document
  const patterns = Object.keys(paths)
    .map(path => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)

  return answer => {
    const path = patterns.find(({ pattern }) => pattern.test(answer.url.split('?')[0]!))?.path
    if (path === undefined) return null
    const method = answer.method.toLowerCase()
    const operations = paths[path] as unknown as Record<string, Operation>
    const operation = operations[method === 'head' ? 'get' : method]
    const fault = operation ? faultOf(operation, answer) : wrongMethodFault(answer)
    return fault && `${answer.method} ${path} answered ${answer.status} ${answer.code ?? ''}: ${fault}`
  }
}

function wrongMethodFault({ status, allow }: Answer): string | null {
  if (status === 429) return null
  return status === 405 && allow ? null : 'a method that the document does not show must be 405 with Allow'
}

function faultOf(operation: Operation, { status, contentType, code }: Answer): string | null {
  const described = operation.responses[String(status)]
  if (!described) return 'the document does not show this status'
  const type = contentType?.split(';')[0]
  const types = Object.keys(described.content ?? {})
  if (types.length === 0 || type === undefined) return null
  const content = described.content?.[type]
  if (!content) return `the document shows ${types.join(', ')}, not ${type}`
  const codes = content.schema.allOf?.[1].properties.code.enum
  return codes && !codes.includes(code ?? '') ? `the document shows the codes ${codes.join(', ')}` : null
}

/** Every answer to `app.inject` is held against the document; one that it does not show fails the test. */
export function holdAgainstDocument(app: FastifyInstance): void {
  const conform = createConformance(app)
  const inject = app.inject.bind(app) as (options: object) => Promise<Awaited<ReturnType<FastifyInstance['inject']>>>
  app.inject = (async (options: { method?: string; url: string }) => {
    const answer = await inject(options)
    const contentType = answer.headers['content-type']
    const code = contentType?.toString().includes('problem+json') ? (answer.json() as { code: string }).code : undefined
    const fault = conform({
      method: options.method ?? 'GET',
      url: options.url,
      status: answer.statusCode,
      contentType: contentType?.toString(),
      code,
      allow: answer.headers.allow,
    })
    if (fault) throw new Error(fault)
    return answer
  }) as never
}
