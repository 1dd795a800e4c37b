import type { FastifyInstance, InjectOptions } from 'fastify'
import { servedBy } from '../../http/wrong-methods.ts'
import type { Shop } from '../../money/payments/bank-testing.ts'
import type { Audience } from './answers.ts'
import { type Exception, outsideStaff } from './outside-staff.ts'
import type { Ask, Asked } from './request.ts'
import type { Person } from './persons.ts'
import { makeScene, type Scene, type Side } from './scene.ts'
import { watchRoles } from './watch-roles.ts'

export interface Report {
  cells: number
  /** Cells that may and were answered 2xx or 302. */
  allowedAnd2xx: number
  /** Cells that must be refused and were answered 2xx or 3xx, or showed what is another's. */
  leaks: number
  /** Every cell that was answered otherwise than the table says, leaks among them. */
  wrong: string[]
  routesWithoutLine: string[]
  /** Lines of routes that are not served. */
  linesWithoutRoute: string[]
  /** What staff's lines asked of tables of studios outside the staff transaction, without an exception. */
  outsideStaff: string[]
  unusedExceptions: Exception[]
}

interface Plan {
  table: Readonly<Record<string, Audience>>
  requests: Readonly<Record<string, Ask>>
  /** `GET /api/events/:id`: every route that is served. */
  routes: readonly string[]
}

/** `GET /api/events/:id`, of everything that is served. HEAD is answered by the route of GET where there is one. */
export const servedRoutes = (app: FastifyInstance): string[] =>
  [...servedBy(app)].flatMap(([url, methods]) =>
    [...methods].filter(method => method !== 'HEAD' || !methods.has('GET')).map(method => `${method} ${url}`),
  )

const routeOf = (line: string): string => line.split(/[,?]/)[0]!
const isRead = (line: string): boolean => /^(GET|HEAD) /.test(line)

/**
 * Tries every cell of the table against the api, some at a time. Reads come first and share one scene. Of writes, those
 * that must be refused share that scene, too; each one that is allowed gets a new scene.
 */
export async function tryCells(t: Shop, { table, requests, routes }: Plan): Promise<Report> {
  const lines = Object.keys(table)
  const lined = new Set(lines.map(routeOf))
  const report: Report = {
    cells: 0,
    allowedAnd2xx: 0,
    leaks: 0,
    wrong: [],
    routesWithoutLine: routes.filter(route => !lined.has(route)),
    linesWithoutRoute: [...lined].filter(route => !routes.includes(route)),
    outsideStaff: [],
    unusedExceptions: [],
  }
  const cells = lines
    .filter(line => routes.includes(routeOf(line)))
    .flatMap(line => cellsOf(line, table[line]!, requests[line] ?? (() => ({}))))
  const shared = makeScene(t)
  const roles = await watchRoles(t.db)
  const tryOne = async (cell: Cell) => {
    const isShared = isRead(cell.line) || !isAllowed(cell)
    const fault = await tryCell(t, { scene: isShared ? shared : makeScene(t), during: roles.during }, cell)
    report.cells += 1
    if (fault === null) report.allowedAnd2xx += isAllowed(cell) ? 1 : 0
    else report.wrong.push(`${cell.line} as ${cell.person} on ${cell.side} objects: ${fault.what}`)
    if (fault?.isLeak) report.leaks += 1
  }
  for (const isNext of [true, false])
    await someAtATime(
      cells.filter(({ line }) => isRead(line) === isNext),
      tryOne,
    )
  return { ...report, ...outsideStaff(table, roles.open) }
}

const cellsOf = (line: string, audience: Audience, ask: Ask): Cell[] =>
  (['own', 'other'] as const).flatMap(side =>
    Object.entries(audience[side] ?? {}).map(([person, word]) => ({
      line,
      side,
      person: person as Person,
      word,
      ask,
    })),
  )

/** Fewer than the pool has connections: a request may need two. */
const AT_A_TIME = 4

export async function someAtATime<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  const work = async () => {
    for (const one of queue) await act(one)
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
}

interface Cell {
  line: string
  side: Side
  person: Person
  word: string
  ask: Ask
}

/** Where a cell is tried. */
interface Place {
  scene: Scene
  during: Awaited<ReturnType<typeof watchRoles>>['during']
}

const isAllowed = ({ word }: Cell): boolean => word === '+' || word === '-'

/** @returns what is wrong with the answer, or null */
async function tryCell(t: Shop, { scene, during }: Place, cell: Cell) {
  const { line, side, person, word, ask } = cell
  const headers = { ...(await scene.headersOf(person)) }
  const browser = async () => {
    if (!headers.cookie) Object.assign(headers, (await t.visitor()).headers)
    return { headers }
  }
  const request = await scene.inTurn(async () => ask(await scene.objects(side), { browser }))
  const injection = await injectionOf(t, line, request, headers)
  const { statusCode, body } = await during({ line, person }, async () => t.app.inject(injection))
  const went = statusCode < 400
  if (!isAllowed(cell)) {
    if (String(statusCode) === word) return null
    return { what: `${statusCode} instead of ${word}: ${body.slice(0, 200)}`, isLeak: went }
  }
  if (!went) return { what: `${statusCode} instead of success: ${body.slice(0, 200)}`, isLeak: false }
  const holds = (request.holds ?? []).some(id => body.includes(id))
  if (word === '+' && request.holds !== undefined && !holds) return { what: 'its objects are not in it', isLeak: false }
  return word === '-' && holds ? { what: 'what is of others is in it', isLeak: true } : null
}

export async function injectionOf(
  t: Shop,
  line: string,
  request: Asked,
  own: Record<string, string>,
): Promise<InjectOptions> {
  const [method, pattern] = routeOf(line).split(' ') as ['GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string]
  const { params = {}, query = {}, body, raw, form, headers: { cookie, ...more } = {} } = request
  const url = pattern.replaceAll(/:(\w+)|\*/g, (name, word?: string) =>
    encodeURIComponent(params[word ?? name] ?? name),
  )
  const cookies = [own.cookie, cookie].filter(each => each !== undefined)
  const headers: Record<string, string> = { ...own, ...more, 'idempotency-key': t.deps.newId() }
  if (cookies.length > 0) Object.assign(headers, { cookie: cookies.join('; '), origin: t.deps.settings.PUBLIC_ORIGIN })
  const search = new URLSearchParams(query).toString()
  const sent = { method, url: search ? `${url}?${search}` : url, headers }
  if (form) return { ...sent, ...(await encode(form, headers)) }
  if (raw !== undefined) return { ...sent, payload: raw }
  return body === undefined ? sent : { ...sent, payload: body }
}

async function encode(form: NonNullable<Asked['form']>, headers: Record<string, string>) {
  const data = new FormData()
  for (const [name, value] of form) {
    if (typeof value === 'string') data.append(name, value)
    else data.append(name, new Blob([new Uint8Array(value)]), 'a.jpg')
  }
  const encoded = new Request('http://test', { method: 'POST', body: data })
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { ...headers, 'content-type': encoded.headers.get('content-type')! },
  }
}
