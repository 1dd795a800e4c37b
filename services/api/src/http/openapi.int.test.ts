import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contract } from '@pix/contracts/contract.ts'
import { expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { testApp } from '../testing.ts'

const FOLDER = fileURLToPath(new URL('../../../../packages/contracts/src/', import.meta.url))

async function allContracts(): Promise<[string, Contract][]> {
  const found: [string, Contract][] = []
  for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.ts') && !name.includes('.test.'))) {
    const exported = (await import(FOLDER + file)) as Record<string, unknown>
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value === 'object' && value !== null && 'method' in value && 'url' in value && 'schema' in value) {
        found.push([`${file} ${name}`, value as Contract])
      }
    }
  }
  return found
}

test('every contract is served and described, with every answer it names', async () => {
  await using t = await testApp()
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json() as {
    paths: Record<string, Record<string, { summary: string; responses: Record<string, unknown> }>>
  }
  const missing: string[] = []
  const contracts = await allContracts()
  for (const [name, { method, url, schema }] of contracts) {
    const described = paths[`/api${url.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()]
    const answers = Object.keys(described?.responses ?? {})
    if (!t.app.hasRoute({ method, url: `/api${url}` })) missing.push(`${name} is not served`)
    if (described?.summary !== schema.summary) missing.push(`${name} is not described`)
    for (const status of Object.keys(schema.response)) {
      if (!answers.includes(status)) missing.push(`${name} has no ${status}`)
    }
  }

  expect(missing).toEqual([])
  expect(contracts.length).toBeGreaterThan(40)
})

test('a route without a contract keeps the service from starting', async () => {
  await using t = await testApp()
  const app = await buildApp(t.deps)
  expect(() => app.get('/api/forgotten', async () => 'hello')).toThrow('GET /api/forgotten has no contract')
  await app.close()
})

test('the document is OpenAPI 3.1 and changes only with a reviewed snapshot', async () => {
  await using t = await testApp()
  const document = (await t.app.inject({ url: '/api/openapi.json' })).json()
  expect(document.openapi).toMatch(/^3\.1\./)
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot('openapi.snap')
})

test('the page at /api/docs loads its own files only', async () => {
  await using t = await testApp()
  const page = await t.app.inject({ url: '/api/docs/' })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).not.toMatch(/(src|href)="https?:/)
})
