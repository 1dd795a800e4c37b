import type { FastifyInstance } from 'fastify'
import type { Asked } from '../authz/request.ts'
import { oddValues, type Schema } from './odd-values.ts'

interface Operation {
  parameters?: readonly { in: 'path' | 'query' | 'header'; name: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** What an odd request has that the valid one has not. */
export interface Odd {
  what: string
  asked: Asked
}

/**
 * Makes requests of one odd value each, out of a valid one: for every parameter and every field of the body that the
 * OpenAPI document shows. @returns null for a route that is not in the document
 */
export function createOddRequests(app: FastifyInstance) {
  const document = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
  const shown = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (schema.$ref.split('/').slice(1).reduce<unknown>(inside, document) as Schema)

  const ofParameters = ({ parameters = [] }: Operation, valid: Asked): Odd[] =>
    parameters.flatMap(({ in: place, name, schema }) => {
      if (place === 'header') return []
      const part = place === 'path' ? 'params' : 'query'
      return oddValues(name, shown(schema))
        .filter(value => typeof value !== 'object')
        .map(value => ({
          what: `${place} ${name} = ${JSON.stringify(value)}`,
          asked: { ...valid, [part]: { ...valid[part], [name]: String(value) } },
        }))
    })

  const ofBody = ({ requestBody }: Operation, valid: Asked): Odd[] => {
    const schema = requestBody?.content['application/json']?.schema
    if (!schema) return []
    return fieldsOf(schema, shown).flatMap(field =>
      oddValues(field.path.at(-1)!, field.schema).map(value => ({
        what: `${field.path.join('.')} = ${JSON.stringify(value).slice(0, 80)}`,
        asked: { ...valid, body: put(valid.body ?? {}, field.path, value) as object },
      })),
    )
  }

  return (method: string, url: string, valid: Asked): Odd[] | null => {
    const operation = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    return operation ? [...ofParameters(operation, valid), ...ofBody(operation, valid)] : null
  }
}

const inside = (node: unknown, name: string): unknown => (node as Record<string, unknown>)[name]

interface Field {
  path: string[]
  schema: Schema
}

/** Of every depth; the first of a list stands for all. */
function fieldsOf(given: Schema, shown: (schema: Schema) => Schema, path: string[] = []): Field[] {
  const schema = shown(given)
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => fieldsOf(each, shown, [...path, name])),
    ...(schema.items ? fieldsOf(schema.items, shown, [...path, '0']) : []),
    ...[schema.anyOf, schema.oneOf, schema.allOf]
      .flatMap(forms => forms ?? [])
      .flatMap(form => fieldsOf(form, shown, path).filter(field => field.path.length > path.length)),
  ]
  return path.length === 0 ? inner : [{ path, schema }, ...inner]
}

/** A copy of the body with another value at a path. */
function put(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  const copy: Record<string, unknown> | unknown[] = Array.isArray(body)
    ? [...(body as unknown[])]
    : name === '0'
      ? []
      : { ...(body as object) }
  const at = name as keyof typeof copy
  return Object.assign(copy, { [name]: put(copy[at], rest, value) })
}
