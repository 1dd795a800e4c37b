import { readFileSync } from 'node:fs'
import type { Db } from '@pix/db/client.ts'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { buildApp } from '../../app.ts'
import { testApp, type TestApp } from '../test-app.ts'
import { UNLIMITED } from '../authz/unlimited.ts'
import { fillStudios, type Sizes } from './fill-studios.ts'

const WARM = 5
const BECOMES_STAFF = "set_config('role', 'pix_staff', true)"

/**
 * Times requests of a studio's staff with row-level security and without, in turns, and prints milliseconds as JSON. `npm run
 * bench:studios` starts this, with the addresses of its servers in the environment.
 */
async function main(): Promise<void> {
  const [sizes, pairs] = JSON.parse(process.argv[2]!) as [Sizes, number]
  await using t = await testApp({ settings: UNLIMITED })
  const { studioId, eventId } = await fillStudios(t.owner(), sizes)
  const { headers } = await t.member(studioId, 'manager')
  const bare = await buildApp({ ...t.deps, db: withoutRole(t.deps.db) })
  await bare.ready()
  const urls = {
    'list of events': `/api/admin/events?studio=${studioId}&limit=20`,
    'approval of an event': `/api/events/${eventId}/photos/crew?state=processed&limit=100`,
    'revenue of the studio': `/api/revenue/summary?studio=${studioId}`,
    'revenue of an event': `/api/revenue/events/${eventId}`,
  }
  const figures: Record<string, { with: Cost[]; without: Cost[] }> = {}
  for (const [name, url] of Object.entries(urls)) {
    const ask = { url, headers }
    const [staff, plain] = [() => measure(t, t.app, ask), () => measure(t, bare, ask)]
    for (let n = 0; n < WARM; n += 1) await Promise.all([staff(), plain()])
    const costs = { with: [] as Cost[], without: [] as Cost[] }
    for (let n = 0; n < pairs; n += 1) {
      if (n % 2 === 0) costs.with.push(await staff())
      costs.without.push(await plain())
      if (n % 2 === 1) costs.with.push(await staff())
    }
    figures[name] = costs
  }
  await bare.close()
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

/**
 * What one request costs, in milliseconds: by the clock, and of CPU time of the api and of its connections to
 * PostgreSQL.
 */
interface Cost {
  clock: number
  cpu: number
}

async function measure(
  t: TestApp,
  app: TestApp['app'],
  ask: { url: string; headers: Record<string, string> },
): Promise<Cost> {
  const before = await cpuOfConnections(t)
  const [own, began] = [process.cpuUsage(), performance.now()]
  const { statusCode, body } = await app.inject(ask)
  const [clock, { user, system }] = [performance.now() - began, process.cpuUsage(own)]
  if (statusCode !== 200) throw new Error(`${ask.url}: ${statusCode} ${body}`)
  return { clock, cpu: (user + system) / 1_000 + (await cpuOfConnections(t)) - before }
}

/** The first figure of Linux's schedstat: nanoseconds on a CPU. Asked for over the owner's connection, which serves nobody. */
async function cpuOfConnections(t: TestApp): Promise<number> {
  const { rows } = await t
    .owner()
    .execute<{ pid: number }>(
      sql`select pid from pg_stat_activity where datname = current_database() and usename = 'pix_app'`,
    )
  const spent = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]))
  return spent.reduce((all, one) => all + one, 0) / 1e6
}

/** The same statements as the role that serves, without a transaction: what a request cost before studios were kept apart. */
const withoutRole = (db: Db): Db =>
  Object.assign(Object.create(db) as Db, { transaction: (act: (tx: Db) => unknown) => act(withoutFirst(db)) })

/**
 * What a staff transaction executes first finds the studio, asks whether the caller may act for it, and becomes its staff. The
 * first two are asked without row-level security as well.
 */
function withoutFirst(db: Db): Db {
  let isFirst = true
  const execute = (statement: SQL) => {
    if (!isFirst) return db.execute(statement)
    isFirst = false
    const { sql: text, params } = new PgDialect().sqlToQuery(statement)
    const findsOnly = text.replace(BECOMES_STAFF, 'null')
    if (findsOnly === text) throw new Error(`a staff transaction does not begin with becoming the staff: ${text}`)
    return db.$client.query(findsOnly, params)
  }
  return Object.assign(Object.create(db) as Db, { execute })
}

await main()
