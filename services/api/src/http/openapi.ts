import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { PROBLEMS } from '@pix/contracts/problem-codes.ts'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { type DescribedRoute } from './answers.ts'
import { completeDocument, type Document, operationKey } from './complete-document.ts'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Settings } from '../settings.ts'
import { sessionCookieName } from './cookies.ts'

const DOCS = '/api/docs'
const JSON_TYPE = 'application/json; charset=utf-8'

const refusals = Object.entries(PROBLEMS)
  .map(([code, [status, title]]) => `- \`${code}\` (${status}): ${title}`)
  .join('\n')

/** A route that the document would not show must say so; one with neither contract nor `hide` keeps the service from starting. */
function refuseUndocumented({ method, url, schema }: RouteOptions): void {
  const { hide, summary, response } = (schema ?? {}) as { hide?: boolean; summary?: string; response?: unknown }
  if (hide || (summary && response)) return
  throw new Error(`${String(method)} ${url} has no contract`)
}

/** Forms are read part by part, so they have no zod schema; their fields, in this order, are described here. */
const FORMS: Record<string, { texts: string[]; file: string }> = {
  '/api/photos/upload': { texts: ['eventId'], file: 'photo' },
  '/api/photos/batch-upload': { texts: ['eventId'], file: 'photo' },
  '/api/face/search': { texts: ['eventId', 'consent'], file: 'selfie' },
}

/** Verified over the bytes as received, so no schema parses it. More fields may be there. */
const WEBHOOK = {
  type: 'object',
  required: ['data', 'signature'],
  properties: {
    data: { type: 'object', required: ['trans_id'], properties: { trans_id: { type: 'string' } } },
    signature: { type: 'string', description: 'HMAC-SHA-256 over the bytes of `data`, hex' },
  },
}

/** Each gateway's own form. */
const ANY_WEBHOOK = { description: 'As the gateway documents it; verified over the bytes as received' }

/** Describes the bodies that have no zod schema. */
const describeBodies: typeof jsonSchemaTransform = document => {
  const { schema, url } = jsonSchemaTransform(document)
  if (url === '/api/payment/webhook') return { schema: { ...schema, body: WEBHOOK }, url }
  if (url === '/api/payment/webhook/:gateway') return { schema: { ...schema, body: ANY_WEBHOOK }, url }
  const form = FORMS[url]
  if (!form) return { schema, url }
  const file = { type: 'string', format: 'binary' }
  const isMany = url === '/api/photos/batch-upload'
  const properties = {
    ...Object.fromEntries(form.texts.map(name => [name, { type: 'string' }])),
    [form.file]: isMany ? { type: 'array', items: file, maxItems: 50 } : file,
  }
  return { schema: { ...schema, body: { type: 'object', required: Object.keys(properties), properties } }, url }
}

/** The routes that the document shows, by their operation's name. */
function collectRoutes(app: FastifyInstance): ReadonlyMap<string, DescribedRoute> {
  const routes = new Map<string, DescribedRoute>()
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const { hide, response } = (schema ?? {}) as { hide?: boolean; response?: DescribedRoute['schema']['response'] }
    if (hide || !response || typeof method !== 'string' || method === 'HEAD') return
    const described = {
      method,
      url,
      config: (config ?? {}) as DescribedRoute['config'],
      schema: { ...schema, response },
    }
    routes.set(operationKey(method, url), described as DescribedRoute)
  })
  return routes
}

/** `/api/openapi.json` is made from the contracts the routes are registered with; `/api/docs` shows it. */
export async function describeApi(app: FastifyInstance, settings: Settings): Promise<void> {
  app.addHook('onRoute', refuseUndocumented)
  const routes = collectRoutes(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'ThePixStock',
        version: '1.0.0',
        description: `Event photos, found by a selfie, paid by PromptPay. Errors are RFC 9457 problems with a \`code\`:\n\n${refusals}`,
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookieName(settings) },
          accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
    },
    transform: describeBodies,
    transformObject: given => completeDocument(jsonSchemaTransformObject(given) as Document, routes) as never,
  })
  let kept: string | undefined
  const text = () => (kept ??= JSON.stringify(app.swagger()))
  await app.register(swaggerUi, {
    routePrefix: DOCS,
    staticCSP: false,
    uiHooks: {
      // Its own handler would serialize the whole document for every request.
      preHandler: (request, reply, next) => {
        if (request.routeOptions.url === `${DOCS}/json`) void reply.type(JSON_TYPE).send(text())
        else next()
      },
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_, reply) => reply.type(JSON_TYPE).send(text()))
}
