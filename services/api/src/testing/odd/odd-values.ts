/** What is read of a part of a JSON schema of the OpenAPI document. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  maxLength?: number
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  items?: Schema
  properties?: Record<string, Schema>
}

const ID = '01890000-0000-7000-8000-000000000000'
const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** Of which contracts take some: an id of nothing, the last day that PostgreSQL and JavaScript both write in four digits. */
const TEXTS = [ID, '9999-12-31', '9999-12-31T23:59:59.999Z']
const CURSORS = [cursorOf(), cursorOf(8.6e15, ID), cursorOf(253402300799999, ID), cursorOf('\0', '\0', '\0')]

/**
 * Values at the edges of what a schema lets through. That nothing without a bound comes through is held by
 * `contracts/bounded-inputs.test.ts`; here is asked what happens to values that fit their own field and not the others.
 */
export function oddValues(name: string, schema: Schema): unknown[] {
  const forms = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (forms) return forms.flatMap(form => oddValues(name, form))
  const types = [schema.type ?? []].flat()
  if (name === 'cursor') return CURSORS
  if (types.includes('boolean')) return [true, false]
  if (types.includes('object')) return [null]
  if (types.includes('array')) return [[], ...twice(name, schema.items).slice(0, 2)]
  if (types.includes('integer') || types.includes('number'))
    return [0, schema.minimum, schema.maximum].filter(value => value !== undefined)
  if (schema.enum) return [...schema.enum]
  return schema.maxLength === undefined ? TEXTS : [...TEXTS, '😀'.repeat(schema.maxLength / 2)]
}

const twice = (name: string, items: Schema | undefined): unknown[][] =>
  items ? oddValues(name, items).map(value => [value, value]) : []
