import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const FILES = committedFiles()
const DOCUMENTS = FILES.filter(file => /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/.test(file))

/** What a pattern finds in the documents, each with the document that says it. */
const said = (pattern: RegExp) =>
  DOCUMENTS.flatMap(file => [...read(file).matchAll(pattern)].map(found => ({ file, what: found[1]! })))

test('every command that a document names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const commands = said(/\bnpm run ([a-z][\w:-]*)/g)
  expect(commands.length).toBeGreaterThan(20)
  expect(commands.filter(({ what }) => !scripts[what])).toEqual([])
  const known = /COMMANDS = \[([^\]]*)\]/.exec(read('infra/bootstrap.mjs'))![1]!
  expect(said(/bootstrap\.mjs (\w+)/g).filter(({ what }) => !known.includes(`'${what}'`))).toEqual([])
})

test('every option that a document gives to a command is one of its', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const uses = said(/\bnpm run ([a-z][\w:-]* -- [^`\n]*--[a-z][^`\n]*)/g).filter(({ what }) => !what.startsWith('db:'))
  expect(uses.length).toBeGreaterThan(10)
  const unknown = uses.filter(({ what }) => {
    const file = /(\S+)$/.exec(scripts[what.split(' ')[0]!]!)![1]!
    const text = FILES.filter(one => dirname(one) === dirname(file))
      .map(read)
      .join('\n')
    const options = [...what.split(' -- ')[1]!.matchAll(/--([a-z][a-z-]*)/g)].map(([, option]) => option!)
    return options.some(option => !new RegExp(`\\b'?${option}'?: \\{`).test(text))
  })
  expect(unknown).toEqual([])
})

test('every link of a document leads to a file', () => {
  // Between backticks stands code.
  const links = said(/`[^`\n]*`|\]\((?!https?:)([^)#\s]+)/g).filter(({ what }) => what)
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ file, what }) => !existsSync(join(ROOT, dirname(file), what)))).toEqual([])
})

const isThere = (name: string) => {
  if (name.startsWith('x.')) return true // any name
  const pattern = name.replaceAll(/[.]/g, '\\.').replaceAll('*', '[^/]*')
  return FILES.some(file => new RegExp(`(^|/)${pattern}$`).test(file))
}

test('every file that a document names is there', () => {
  const names = said(/`((?:[\w.{},*-]+\/)*[\w.*-]+\.(?:ts|vue|mjs|sh|css|yml|conf))`/g)
  expect(names.length).toBeGreaterThan(50)
  expect(names.filter(({ what }) => !isThere(what))).toEqual([])
})

/** Below `/api`, whatever its parameters are called. */
const pathOf = (route: string) => route.replace(/^\/api/, '').replaceAll(/:\w+|\{\w+\}/g, ':')

test('every route that a document names is served', () => {
  const { paths } = JSON.parse(read('services/api/src/http/openapi.snap')) as { paths: Record<string, object> }
  const served = Object.keys(paths).map(pathOf)
  const routes = said(/`(?:GET|POST|PUT|DELETE) (\/[^`\s]+)`/g)
  expect(routes.length).toBeGreaterThan(2)
  expect(routes.filter(({ what }) => !served.includes(pathOf(what)))).toEqual([])
})

test('every setting that a document names is one that something reads', () => {
  const sources = FILES.filter(file => /\.(ts|mjs|sh)$/.test(file) && !file.includes('.test.'))
  const text = sources.map(read).join('\n')
  const settings = said(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)
  expect(settings.length).toBeGreaterThan(20)
  const ofTheSystem = /^RLIMIT_/
  expect(settings.filter(({ what }) => !ofTheSystem.test(what) && !text.includes(what))).toEqual([])
})

test('every name of the code that a document uses is there', () => {
  const text = FILES.filter(file => /\.(ts|vue|mjs|json)$/.test(file))
    .map(read)
    .join('\n')
  const names = said(/`([a-z]\w*[A-Z]\w*)(?:\([^`]*)?`/g)
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter(({ what }) => !new RegExp(`\\b${what}\\b`).test(text))).toEqual([])
})

test('the map of the house shows every package and program, and nothing else', () => {
  const map = /## The map of the house\n\n```\n([^`]*)```/.exec(read('README.md'))![1]!
  const column = map.indexOf('the wire')
  const shown = map.split('\n').flatMap(line => line.slice(0, column).split(' ').filter(Boolean))
  const inside = ['packages', 'services'].flatMap(folder =>
    readdirSync(join(ROOT, folder)).map(name => `${folder}/${name}`),
  )
  expect(shown.toSorted()).toEqual(
    [...inside, 'web', 'infra/stack', 'e2e', 'bench', 'ansible', 'monitoring', 'docs'].toSorted(),
  )
})

test('CONTRIBUTING and README name every wing, feature and area of the web as the dependency rules order them', async () => {
  const rules = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as { FEATURES: string[]; AREAS: string[] }
  const places = rules.FEATURES.map(feature => feature.split('/'))
  const wings = [...new Set(places.map(([wing]) => wing!))]
  const features = wings.map(wing => places.filter(([its]) => its === wing).map(([, name]) => name))
  const web = `shell ► ${rules.AREAS.join(' ◄ ')} ► base, ui`
  const lines = [...read('CONTRIBUTING.md').matchAll(/`([^`]* ◄ [^`]*)`/g)].map(([, line]) => line)
  expect(lines).toEqual([wings.join(' ◄ '), ...features.map(names => names.join(' ◄ ')), web])
  expect(read('docs/add-a-feature.md')).toContain(`wings \`${wings.join(' ◄ ')}\``)
  expect(read('README.md')).toMatch(new RegExp(`^web +Vue: ${rules.AREAS.join(', ')}$`, 'm'))
})

test('every decision has a number of its own', () => {
  const numbers = readdirSync(join(ROOT, 'docs/decisions')).map(name => name.slice(0, 4))
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([])
})

test('the documents show each page in both languages, on a phone and on a desk', () => {
  const shots = readdirSync(join(ROOT, 'docs/screenshots'))
  const pages = new Set(shots.map(name => name.replace(/-(th|en)-(360|1440)\.jpg$/, '')))
  expect(pages.size).toBeGreaterThan(10)
  const wanted = [...pages].flatMap(page =>
    ['th-360', 'th-1440', 'en-360', 'en-1440'].map(which => `${page}-${which}.jpg`),
  )
  expect(shots.toSorted()).toEqual(wanted.toSorted())
})

test('the record of libraries names the versions that are used', () => {
  const manifests = FILES.filter(file => file.endsWith('package.json')).map(
    file => JSON.parse(read(file)) as Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>,
  )
  const used = new Map(
    manifests.flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies })),
  )
  const text = read('docs/decisions/0002-libraries.md').split('**Given up.**')[0]!
  const named = [...text.matchAll(/(@?[a-z][\w./@-]*) (\d+(?:\.\d+)*)\b/g)].map(([, name, version]) => ({
    name: name!,
    version: version!,
    range: used.get(name!)?.replace(/^[~^]/, ''),
  }))
  const known = named.filter(({ range }) => range !== undefined)
  expect(known.length).toBeGreaterThan(15)
  expect(known.filter(({ version, range }) => !`${range}.`.startsWith(`${version}.`))).toEqual([])
})
