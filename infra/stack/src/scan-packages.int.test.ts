import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT } from './base/paths.ts'

let folder: string
let osv: Server
let source: string
let asked: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pix-scan-'))
  mkdirSync(join(folder, 'metrics'))
  install('left', '1.0.0')
  install('left', '2.0.0')
  install('@scope/right', '0.1.0')
  asked = []
  osv = createServer(async (request, response) => {
    const answer = await answerOf(request.url!, request.method === 'POST' ? await json(request) : undefined)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => osv.listen(0, '127.0.0.1', resolve))
  source = `http://127.0.0.1:${(osv.address() as AddressInfo).port}`
})
afterEach(async () => {
  osv.closeAllConnections()
  await new Promise(resolve => osv.close(resolve))
  rmSync(folder, { recursive: true })
})

/** As pnpm lays it out: its own folder, beside a link to another package. */
function install(name: string, version: string): void {
  const modules = join(folder, 'node_modules/.pnpm', `${name.replace('/', '+')}@${version}`, 'node_modules')
  mkdirSync(join(modules, name), { recursive: true })
  writeFileSync(join(modules, name, 'package.json'), JSON.stringify({ name, version }))
  symlinkSync('../../nowhere', join(modules, 'linked'))
}

interface Query {
  package: { name: string; ecosystem: string }
  version: string
  page_token?: string
}

/** OSV, by its protocol: the faults of one package come on two pages, and one of them was withdrawn. */
function answerOf(path: string, body: unknown): unknown {
  const VULNERABILITIES: Record<string, object> = {
    '/v1/vulns/GHSA-1': { id: 'GHSA-1', summary: 'It falls over', database_specific: { severity: 'HIGH' } },
    '/v1/vulns/GHSA-2': { id: 'GHSA-2', summary: 'It leans' },
    '/v1/vulns/GHSA-3': {
      id: 'GHSA-3',
      withdrawn: '2026-01-01T00:00:00Z',
      database_specific: { severity: 'CRITICAL' },
    },
  }
  if (path !== '/v1/querybatch') return VULNERABILITIES[path]
  const { queries } = body as { queries: Query[] }
  asked.push(...queries.map(each => `${each.package.ecosystem}:${each.package.name}@${each.version}`))
  return {
    results: queries.map(each => {
      if (each.package.name !== 'left' || each.version !== '1.0.0') return {}
      if (each.page_token === 'more') return { vulns: [{ id: 'GHSA-2', modified: '2026-01-01T00:00:00Z' }] }
      return { vulns: [{ id: 'GHSA-1' }, { id: 'GHSA-3' }], next_page_token: 'more' }
    }),
  }
}

const scan = (...args: string[]) =>
  execa(
    process.execPath,
    [...TYPESCRIPT, join(ROOT, 'infra/stack/src/scan-packages.ts'), '--folder', folder, '--source', source, ...args],
    { cwd: ROOT, reject: false },
  )
const figures = (file: string) => readFileSync(join(folder, 'metrics', file), 'utf8')

test('every installed version is asked about once, and what is known of it is listed, the worst first', async () => {
  const { stdout, exitCode } = await scan('--metrics', join(folder, 'metrics'))
  expect(asked).toEqual(['npm:@scope/right@0.1.0', 'npm:left@1.0.0', 'npm:left@2.0.0', 'npm:left@1.0.0'])
  expect(stdout.split('\n')).toEqual([
    'high     left@1.0.0 GHSA-1 It falls over',
    'unknown  left@1.0.0 GHSA-2 It leans',
    '2 known faults in 3 packages',
  ])
  expect(exitCode).toBe(2)
  const written = figures('pix_package_advisories.prom')
  expect(written).toMatch(/^pix_package_advisories\{severity="high"\} 1$/m)
  expect(written).toMatch(/^pix_package_advisories\{severity="critical"\} 0$/m)
  expect(figures('pix_package_scan.prom')).toMatch(/^pix_package_scan_success 1$/m)
})

test('where OSV cannot be reached this is said, and what was known stays', async () => {
  await scan('--metrics', join(folder, 'metrics'))
  const known = figures('pix_package_advisories.prom')
  osv.closeAllConnections()
  await new Promise(resolve => osv.close(resolve))
  const { stderr, exitCode } = await scan('--metrics', join(folder, 'metrics'))
  expect(stderr).toContain('The packages were NOT looked at')
  expect(exitCode).toBe(1)
  expect(figures('pix_package_advisories.prom')).toBe(known)
  expect(figures('pix_package_scan.prom')).toMatch(/^pix_package_scan_success 0$/m)
})

test('the packages of this checkout are found, each with its version', async () => {
  const { stdout } = await execa(
    process.execPath,
    [...TYPESCRIPT, join(ROOT, 'infra/stack/src/scan-packages.ts'), '--source', source, '--json'],
    { cwd: ROOT, reject: false },
  )
  expect((JSON.parse(stdout) as { packages: number }).packages).toBe(new Set(asked).size)
  expect(asked).toContain(`npm:fastify@${(await manifest('services/api/node_modules/fastify')).version}`)
  expect(asked).toContain(`npm:vite@${(await manifest('web/node_modules/vite')).version}`)
})

const manifest = async (path: string) =>
  JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8')) as { version: string }
