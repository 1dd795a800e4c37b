import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connect, type Db } from '@pix/db/client.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { fillEvent } from './fill-event.ts'
import { fillViewers } from './fill-viewers.ts'
import type { Viewer, Watching } from './live-viewers.ts'
import { load } from './load.ts'
import { residentMemory } from './watch-memory.ts'

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '10000' },
    /** What is measured is measured over so long each. */
    seconds: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
})
/** As many as one visitor may have open. */
const STREAMS_EACH = 20
/** Longer than a round over all that is followed. */
const SETTLE_MS = 45_000
const EVENT_PAGE = { connections: 2, rate: 20 }

/**
 * People who wait: half of the streams follow payments, half searches, each one of its own, from an address for each
 * twenty of them. What they cost the api's memory and the database while nothing happens, and an event page beside them.
 */
async function main(): Promise<void> {
  const { stack, forget } = await startPrivateStack(true)
  const viewers = fork(fileURLToPath(new URL('live-viewers.ts', import.meta.url)), { execArgv: [...TYPESCRIPT] })
  const db = connect(stack.database.owner, { max: 1 })
  try {
    const event = await fillEvent(db, 200)
    const visitors = Math.ceil(Number(values.streams) / STREAMS_EACH)
    const filled = await fillViewers(db, event.id, { visitors, streamsEach: STREAMS_EACH })
    await db.execute('analyze')
    const page = `${stack.apiUrl}/api/events/${event.slug}`
    await load(page, { ...EVENT_PAGE, seconds: 5 })
    const alone = await measure(stack.metricsUrls.api, db, page)
    const openedMs = await open(viewers, stack.apiUrl, filled)
    await sleep(SETTLE_MS)
    const beside = await measure(stack.metricsUrls.api, db, page)
    print({ visitors, openedMs, alone, beside, watching: await ask(viewers) })
  } finally {
    viewers.kill()
    await db.$client.end()
    await forget()
  }
}

async function open(viewers: ChildProcess, origin: string, filled: Viewer[]): Promise<number> {
  const began = performance.now()
  viewers.send({ origin, viewers: filled })
  await once(viewers, 'message')
  return performance.now() - began
}

async function ask(viewers: ChildProcess): Promise<Watching> {
  viewers.send('how are you')
  const [watching] = (await once(viewers, 'message')) as [Watching]
  return watching
}

/** First with nothing else going on, then with the event page asked for at a steady rate. */
async function measure(metricsUrl: string, db: Db, page: string) {
  const seconds = Number(values.seconds)
  const before = await transactions(db)
  const began = performance.now()
  await sleep(seconds * 1_000)
  const perSecond = ((await transactions(db)) - before) / ((performance.now() - began) / 1_000)
  const memory = await residentMemory(metricsUrl)
  const { p50Ms, p95Ms, failed } = await load(page, { ...EVENT_PAGE, seconds })
  return { perSecond, memory, p50Ms, p95Ms, failed }
}
type Figures = Awaited<ReturnType<typeof measure>>

async function transactions(db: Db): Promise<number> {
  const { rows } = await db.execute<{ count: string }>(
    'select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]!.count)
}

interface Result {
  visitors: number
  openedMs: number
  alone: Figures
  beside: Figures
  watching: Watching
}

const row = (when: string, figures: Figures) => ({
  when,
  'api memory MB': Math.round(figures.memory / 1e6),
  'transactions/s': Number(figures.perSecond.toFixed(1)),
  'event page p50 ms': Number(figures.p50Ms.toFixed(1)),
  'event page p95 ms': Number(figures.p95Ms.toFixed(1)),
  failed: figures.failed,
})

function print(result: Result): void {
  if (values.json) return console.log(JSON.stringify(result))
  const { visitors, openedMs, alone, beside, watching } = result
  console.log(
    `${watching.open} streams open, ${watching.refused} refused, ${watching.ended} ended, opened in ${Math.round(openedMs / 1000)} s, from ${visitors} addresses`,
  )
  console.table([row('nobody waits', alone), row('beside them', beside)])
}

await main()
