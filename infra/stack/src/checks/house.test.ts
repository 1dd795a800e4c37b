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

const median = (lengths: number[]): number => lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)]!
const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length

function isOddName(file: string): boolean {
  const name = file.split('/').at(-1)!
  return name.endsWith('.vue') ? !/^[A-Z]\w*\.vue$/.test(name) : !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)
}

test('source files are a few dozen lines long, and named in kebab-case, components as their element', () => {
  expect(median(sources.map(file => linesOf(read(file))))).toBeLessThanOrEqual(60)
  expect(FILES.filter(file => /\.(ts|mjs|css|vue)$/.test(file)).filter(isOddName)).toEqual([])
})

test('a planted fault is found: a name', () => {
  const odd = [
    'web/src/placeOrder.ts',
    'web/src/Order.ts',
    'a/place_order.mjs',
    'a/order-.ts',
    'web/src/place-order.vue',
  ]
  expect(odd.filter(isOddName)).toEqual(odd)
  expect(['a/place-order.int.test.ts', '.dependency-cruiser.mjs', 'OrderPage.vue'].filter(isOddName)).toEqual([])
  expect(median([900, 61, 61, 10, 9])).toBe(61)
})

/** The linter counts the script of a component alone. */
const isTooLong = (text: string): boolean => linesOf(text) > 300

const page = (lines: number) =>
  `<script setup lang="ts">\n</script>\n<template>\n${'<p />\n'.repeat(lines - 4)}</template>\n`

test('no file of source or of tests has more than three hundred lines, a component with all that it holds', () => {
  expect(FILES.filter(file => /\.(ts|mjs|vue|css)$/.test(file) && isTooLong(read(file)))).toEqual([])
  expect([page(300), page(301)].map(isTooLong)).toEqual([false, true])
})

const readsEnvironment = (text: string): boolean =>
  /(?<!\.\.\.)process(\.env|\[['"]env)|\bfrom '(node:)?process'|\benv\b[^=\n]*\} = process\b/.test(text)

test('a program reads its environment in main.ts alone; to its children it is passed as it is', () => {
  const readers = sources.filter(file => file.startsWith('services/') && !file.endsWith('/main.ts'))
  expect(readers.filter(file => readsEnvironment(read(file)))).toEqual([])
})

test.each([
  'const url = process.env.DATABASE_URL',
  "const url = process['env'].DATABASE_URL",
  'const { env } = process',
  "import { env } from 'node:process'",
])('a planted fault is found: %s', fault => {
  expect(readsEnvironment(fault)).toBe(true)
  expect(readsEnvironment("fork(child, { env: { ...process.env, MALLOC_ARENA_MAX: '2' } })")).toBe(false)
})

const needsServer = (text: string): boolean =>
  /(from |import\()'[^']*(db\/testing|redis-testing|storage-testing|bank-testing|test-app)\.ts'/.test(text)
const replacesPart = (text: string): boolean => /\b(vi|vitest)\.(do|import)?mock\b/i.test(text)

test('tests of units need no server, and no test replaces a part of ours', () => {
  const units = FILES.filter(file => file.endsWith('.test.ts') && !/\.(int|long)\.test\.ts$/.test(file))
  expect(units.filter(file => needsServer(read(file)))).toEqual([])
  expect(FILES.filter(file => file.endsWith('.ts') && replacesPart(read(file)))).toEqual([])
})

// Put together here, as this file is read by its own rules.
test.each(['@pix/db/testing', '@pix/platform/redis-testing', '../testing/test-app'])(
  'a planted fault is found: a unit test with %s',
  name => {
    expect(needsServer(`import { a } from '${name}.ts'`)).toBe(true)
    expect(needsServer(`const { a } = await import('${name}.ts')`)).toBe(true)
  },
)

test.each(['mock', 'doMock', 'importMock'])('a planted fault is found: a test with vi.%s', name => {
  expect(replacesPart(`vi.${name}('./queries.ts')`)).toBe(true)
  expect(replacesPart(`vi.${name}<typeof queries>('./queries.ts')`)).toBe(true)
  expect(replacesPart('const send = vi.fn()')).toBe(false)
})

/** What is no row's id may be random; a row's is `newId()`, a UUIDv7. */
const RANDOM_NAMES: Record<string, string> = {
  'bench/chaos/customer.ts': 'idempotency keys',
  'bench/try/buy.ts': 'idempotency keys',
  'e2e/send-as-visitor.ts': 'idempotency keys',
  'infra/stack/src/fleet/line.ts': 'ids of requests',
  'infra/stack/src/start/pass-to-api.ts': 'ids of requests',
  'packages/faces/src/runtimes/write-browser-models.ts': 'names of unfinished files',
  'packages/faces/src/write-whole.ts': 'names of unfinished files',
  'packages/platform/src/storage-fs.ts': 'names of unfinished files',
  'services/face-worker/src/announce-engines.ts': 'names of processes',
  'services/face-worker/src/searches/search-workers.ts': 'names of processes',
  'web/src/base/new-key.ts': 'says why it makes idempotency keys without',
}
const makesOtherIds = (text: string): boolean =>
  /\brandomUUID\b|\bdefaultRandom\b|\b(gen_random_uuid|uuid_generate_v\d)\b|(from |import\()'(uuid|nanoid)'/.test(text)

test('an id of a row is made by one function', () => {
  const makers = [...sources, ...FILES.filter(file => file.endsWith('.sql'))].filter(file => makesOtherIds(read(file)))
  expect(makers.toSorted()).toEqual([...Object.keys(RANDOM_NAMES), 'packages/db/src/ids.ts'].toSorted())
})

test.each([
  'await tx.insert(orders).values({ id: crypto.randomUUID() })',
  "import { randomUUID as newId } from 'node:crypto'",
  "import { v4 } from 'uuid'",
  "uuid('id').primaryKey().defaultRandom()",
  'alter table orders alter id set default gen_random_uuid()',
])('a planted fault is found: %s', fault => {
  expect(makesOtherIds(fault)).toBe(true)
  expect(makesOtherIds('await tx.insert(orders).values({ id: newId() })')).toBe(false)
})

test('every file of tests is one that `npm test` runs', async () => {
  const { default: config } = (await import(join(ROOT, 'vitest.config.ts'))) as {
    default: { test: { projects: { test: { name: string; include: string[] } }[] } }
  }
  const { projects } = config.test
  const steps = /const STEPS: .*\{\n([\s\S]*?)\n\}/.exec(read('infra/stack/src/test.ts'))![1]!
  // A step runs the project of its name, and `unit` the other projects of unit tests as well.
  for (const { test: project } of projects) expect(steps).toContain(`${project.name.split('-')[0]}:`)
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

const isPictureOfDocuments = (file: string): boolean => /^docs\/screenshots\/[\w-]+\.jpg$/.test(file)
const isBinary = (bytes: Uint8Array): boolean => bytes.includes(0)

test('nothing binary is committed but the pictures of the documents', () => {
  const binary = FILES.filter(file => isBinary(readFileSync(join(ROOT, file))))
  expect(binary.filter(file => !isPictureOfDocuments(file))).toEqual([])
})

test('a planted fault is found: a network, a picture elsewhere, another file among the pictures', () => {
  expect(isBinary(Buffer.from([0x08, 0x07, 0x00, 0x12]))).toBe(true)
  expect(isBinary(Buffer.from('รูป'))).toBe(false)
  const elsewhere = ['web/public/face.jpg', 'docs/screenshots/faces.onnx', 'docs/screenshots/a/b.jpg']
  expect(elsewhere.filter(isPictureOfDocuments)).toEqual([])
  expect(isPictureOfDocuments('docs/screenshots/event-page.jpg')).toBe(true)
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
