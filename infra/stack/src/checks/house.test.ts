import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'
import { contextsNotFirst } from '../testing/contexts.ts'

// The rules of CONTRIBUTING.md that no other tool holds.

const FILES = committedFiles()
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const isTest = (file: string) => /\.(test|contract|e2e)\.ts$|testing/.test(file)
const sources = FILES.filter(file => /\.(ts|vue|mjs)$/.test(file) && !isTest(file))

/** A pattern of vitest as an expression. */
const patternOf = (glob: string) =>
  new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll(/\*\*\/|\*/g, star => (star === '*' ? '[^/]*' : '(.*/)?'))}$`)

test('source files are a few dozen lines long, and named in kebab-case, components as their element', () => {
  const lengths = sources.map(file => read(file).split('\n').length).toSorted((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(60)
  const odd = FILES.filter(file => /\.(ts|mjs|css|vue)$/.test(file)).filter(file => {
    const name = file.split('/').at(-1)!
    return name.endsWith('.vue') ? !/^[A-Z]\w*\.vue$/.test(name) : !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)
  })
  expect(odd).toEqual([])
})

test('a program reads its environment in main.ts alone; to its children it is passed as it is', () => {
  const readers = sources.filter(file => file.startsWith('services/') && !file.endsWith('/main.ts'))
  expect(readers.filter(file => /(?<!\.\.\.)process\.env/.test(read(file)))).toEqual([])
})

test('tests of units need no server, and no test replaces a part of ours', () => {
  const tests = FILES.filter(file => file.endsWith('.test.ts'))
  const units = tests.filter(file => !file.endsWith('.int.test.ts'))
  const server = /from '[^']*(db\/testing|redis-testing|storage-testing|bank-testing|test-app)\.ts'/
  expect(units.filter(file => server.test(read(file)))).toEqual([])
  expect(tests.filter(file => /\bvi\.(do)?mock\(/i.test(read(file)))).toEqual([])
})

test('every file of tests is one that `npm test` runs', async () => {
  const { default: config } = (await import(join(ROOT, 'vitest.config.ts'))) as {
    default: { test: { projects: { test: { name: string; include: string[] } }[] } }
  }
  const { projects } = config.test
  const steps = /const STEPS: .*\{\n([\s\S]*?)\n\}/.exec(read('infra/stack/src/test.ts'))![1]!
  for (const { test: project } of projects) expect(steps).toContain(`${project.name}:`)
  const patterns = projects.flatMap(({ test: project }) => project.include.map(patternOf))
  const isRun = (file: string) => patterns.some(pattern => pattern.test(file))
  expect(['docs/a.test.ts', 'packages/db/cli/a.test.ts', 'infra/images/a.int.test.ts'].filter(isRun)).toEqual([])
  expect(FILES.filter(file => /\.(test|e2e)\.ts$/.test(file) && !isRun(file))).toEqual([])
})

test('what counts in satang in the domain is reached by a property test', () => {
  const domain = 'packages/domain/src'
  const sourcesOf = (file: string) =>
    [...read(file).matchAll(/^import (?!type ).*'\.\/(.+)'$/gm)].map(([, name]) => `${domain}/${name}`)
  const reached = new Set<string>()
  const reach = (file: string) => {
    if (reached.has(file)) return
    reached.add(file)
    sourcesOf(file).forEach(reach)
  }
  const inDomain = FILES.filter(file => file.startsWith(`${domain}/`))
  for (const file of inDomain) if (file.endsWith('.test.ts') && read(file).includes("'fast-check'")) reach(file)
  const money = inDomain.filter(file => !file.endsWith('.test.ts') && /\bsatang\b/i.test(read(file)))
  expect(money.length).toBeGreaterThan(8)
  // These say that a field is in satang, and compute nothing with it.
  const named = ['document-content.ts', 'quoted.ts', 'words.ts'].map(name => `${domain}/${name}`)
  expect(money.filter(file => !reached.has(file)).toSorted()).toEqual(named)
})

test('nothing binary is committed but the pictures of the documents', () => {
  const binary = FILES.filter(file => readFileSync(join(ROOT, file)).includes(0))
  expect(binary.filter(file => !/^docs\/screenshots\/[\w-]+\.jpg$/.test(file))).toEqual([])
})

test('the context is the first argument, whatever stands beside it', () => {
  expect(sources.filter(file => contextsNotFirst(file, read(file)).length > 0)).toEqual([])
})

test.each([
  ['behind a transaction', 'function pay(tx: Tx, ctx: Context) {}'],
  ['a part of it', "const owe = async (\n  db: Queryable,\n  { now }: Pick<Context, 'now'>,\n) => {}"],
  ['of a caller', 'function keep(tx: Tx, { now }: CallerContext, id: string) {}'],
  ['that may join a transaction', 'function note(tx: Tx, { now, newId }: Joining<BuyerContext>) {}'],
  ['what a program was built with', 'async function record(tx: Tx, { now }: SlipDeps, slipId: string) {}'],
  ['third', 'function give(tx: Tx, order: Order, ctx: Context) {}'],
  ['behind an id, without a type', 'const find = (id: string, ctx) => ctx.db'],
  ['with something more', "function add(id: string, { tx }: Omit<Context, 'db'> & { tx: Tx }) {}"],
  ['in a type', 'interface Gateway { pay(id: string, ctx: Context): void }'],
])('a context that is not first is found: %s', (_, fault) => {
  expect(contextsNotFirst('a.ts', fault)).toHaveLength(1)
  const page = `<template><p /></template>\n<script setup lang="ts">\n${fault}\n</script>`
  expect(contextsNotFirst('A.vue', page)).toHaveLength(1)
})

test('a context that is first is none of these, nor one behind the server that is added to', () => {
  const sound = [
    'function pay(ctx: Context, tx: Tx, id: string) {}',
    'const limit = (app: FastifyInstance, { redis }: Deps) => {}',
    'function draw(canvas: Canvas, pen: CanvasRenderingContext2D) {}',
  ]
  expect(sound.flatMap(text => contextsNotFirst('a.ts', text))).toEqual([])
})
