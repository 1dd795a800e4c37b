import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Contract } from '@pix/contracts/contract.ts'
import { PROBLEMS } from '@pix/contracts/problem-codes.ts'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { type DescribedRoute } from './answers.ts'
import { completeDocument, type Document, operationKey } from './complete-document.ts'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Settings } from '../settings.ts'
import { sessionCookieName } from './cookies.ts'
import { SERVICE_KEY_FORMAT } from './service-keys.ts'

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

/** Describes the bodies that have no zod schema: forms are read part by part, and of raw ones the bytes are verified. */
const describeBodies: typeof jsonSchemaTransform = document => {
  const { schema, url } = jsonSchemaTransform(document)
  const { form, raw, bytes } = (document.route.config ?? {}) as Partial<Contract['config']>
  if (raw) return { schema: { ...schema, body: raw }, url }
  if (bytes) return { schema: { ...schema, consumes: [bytes.type], body: { type: 'string', format: 'binary' } }, url }
  if (!form) return { schema, url }
  const file = { type: 'string', format: 'binary' }
  const properties = {
    ...Object.fromEntries(form.texts.map(name => [name, { type: 'string' }])),
    [form.file]: form.most > 1 ? { type: 'array', items: file, maxItems: form.most } : file,
  }
  const required = Object.keys(properties).filter(name => !form.optional?.includes(name))
  const body = { type: 'object', required, properties }
  return { schema: { ...schema, consumes: ['multipart/form-data'], body }, url }
}

/** The routes that the document shows, by their operation's name. */
function collectRoutes(app: FastifyInstance): ReadonlyMap<string, DescribedRoute> {
  const routes = new Map<string, DescribedRoute>()
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const { hide, response } = (schema ?? {}) as { hide?: boolean; response?: DescribedRoute['schema']['response'] }
    if (hide || !response || typeof method !== 'string') return
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
          serviceKey: { type: 'http', scheme: 'bearer', bearerFormat: SERVICE_KEY_FORMAT },
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
