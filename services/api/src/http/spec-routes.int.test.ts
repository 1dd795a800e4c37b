import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'

const RECORD = new URL('../../../../docs/decisions/0077-routes-of-the-spec.md', import.meta.url)
const METHOD = '(?:GET|HEAD|POST|PUT|PATCH|DELETE)'
/** The left column names what is not there, too, so it has no backquotes: a route between those is served. */
const ASKED = new RegExp(`^${METHOD} /\\S*$`)
const NAMED = new RegExp(`\`(${METHOD} /[^\`]*)\``, 'g')

/** A route without the names of its parameters. */
const nameless = (route: string): string => route.replaceAll(/\{\w+\}/g, '{}')
const routesIn = (text: string): string[] => [...text.matchAll(NAMED)].map(([, route]) => nameless(route!))

interface Line {
  asked: string
  where: string
}

/** What is wrong with a line of the table: routes that it says are served and are not, or the other way round. */
function faultsOf({ asked, where }: Line, served: ReadonlySet<string>): string[] {
  const own = ASKED.test(asked) ? nameless(asked) : null
  const says = (what: string) => `${asked}: ${what}`
  if (/^(Not built|Elsewhere): /.test(where)) return own && served.has(own) ? [says('is served')] : []
  const named = routesIn(where)
  const isItself = where.startsWith('as it is')
  const missing = [...(isItself && own ? [own] : []), ...named].filter(route => !served.has(route))
  const faults = missing.map(route => says(`${route} is not served`))
  if (isItself && !own) faults.push(says('names no route'))
  if (!isItself && named.length === 0) faults.push(says('says nothing'))
  if (!isItself && own && served.has(own)) faults.push(says('is served as it is'))
  return faults
}

/** Every route of the served document, without the names of parameters and without `/api`. */
async function servedRoutes(): Promise<Set<string>> {
  await using t = await testApp()
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json<{ paths: Record<string, object> }>()
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => nameless(`${method.toUpperCase()} ${path.replace(/^\/api(?=\/)/, '')}`)),
  )
  return new Set(routes)
}

test('the table of where each route of spec/10 is says what the document says', async () => {
  const lines = [...(await readFile(RECORD, 'utf8')).matchAll(/^\| (?<asked>.+?) \| (?<where>.+) \|$/gm)]
    .map(({ groups }) => groups as unknown as Line)
    .slice(1)
  const served = await servedRoutes()
  expect(lines.flatMap(line => faultsOf(line, served))).toEqual([])
  const asked = lines.map(line => line.asked)
  expect(asked.length).toBeGreaterThan(100)
  expect(new Set(asked).size).toBe(asked.length)
})

test.each<[string, Line]>([
  ['a route that is not served', { asked: 'GET /nowhere', where: 'as it is' }],
  ['another route that is not served', { asked: 'GET /b', where: '`GET /nowhere`: by another name' }],
  ['a route that is said to be missing', { asked: 'GET /a/{key}', where: 'Not built: nobody asks' }],
  ['a route that is said to have another name', { asked: 'GET /a/{key}', where: '`GET /c`' }],
  ['a line that says nothing', { asked: 'GET /b', where: 'soon' }],
])('a planted fault is found: %s', (_, line) => {
  expect(faultsOf(line, new Set(['GET /a/{}', 'GET /c']))).toHaveLength(1)
  expect(faultsOf({ asked: 'GET /a/{id}', where: 'as it is' }, new Set(['GET /a/{}']))).toEqual([])
})
