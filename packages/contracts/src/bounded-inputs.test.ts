import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Contract } from './contract.ts'

type Node = { [key: string]: unknown }

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'method' in value && 'url' in value && 'schema' in value

async function allContracts(): Promise<Contract[]> {
  const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = (await Promise.all(files.map(name => import(`./${name.slice(0, -3)}.ts`)))) as object[]
  return modules.flatMap(module => Object.values(module)).filter(isContract)
}

const safe = (limit: unknown) => typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER

/** Paths of the parts of a JSON schema that take text, numbers or lists of any size. */
function unbounded(node: Node, path: string): string[] {
  const found: string[] = []
  const has = (...keys: string[]) => keys.some(key => node[key] !== undefined)
  if (node.type === 'string' && !has('enum', 'const', 'format', 'maxLength')) found.push(`${path}: any length`)
  if (node.type === 'string' && !has('enum', 'const', 'format', 'pattern')) found.push(`${path}: any characters`)
  if (node.type === 'number' || node.type === 'integer') {
    if (!has('const') && !(safe(node.minimum) && safe(node.maximum))) found.push(`${path}: any number`)
  }
  if (node.type === 'array' && !has('maxItems')) found.push(`${path}: any count`)
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null && key !== 'enum')
      found.push(...unbounded(value as Node, `${path}.${key}`))
  }
  return found
}

test('every text, number and list that a route takes is bounded', async () => {
  const contracts = await allContracts()
  expect(contracts.length).toBeGreaterThan(30)
  const faults = contracts.flatMap(({ method, url, schema }) =>
    (['params', 'querystring', 'body'] as const).flatMap(part => {
      const given = schema[part]
      if (!given) return []
      return unbounded(z.toJSONSchema(given, { io: 'input' }) as Node, `${method} ${url} ${part}`)
    }),
  )
  expect(faults).toEqual([])
})
