import { getEvent } from '@pix/contracts/events.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../quantile.ts'
import { findWithSelfie } from '../try/find.ts'
import { residentMemory } from '../watch-memory.ts'
import { workerFigures } from '../worker-figures.ts'
import type { Ground } from './ground.ts'
import { personAt } from '../person.ts'

const PAGE_EVERY_MS = 100
const SEARCH_EVERY_MS = 1_500
const MEMORY_EVERY_MS = 250
/** What has not been answered by then counts with this time. */
const GIVEN_UP_MS = 60_000
/** A session may search ten times a minute. */
const SEARCHES_PER_PERSON = 5

/** The answers that another visitor got while something went on, and the memory that the shop held. */
export interface Felt {
  pageP95Ms: number
  pagesFailed: number
  searchP95Ms: number
  searchesFailed: number
  /** The most resident memory held meanwhile, megabytes. */
  apiMb: number
  /** The search processes and the processes that read selfies, together. */
  searchMb: number
}

/** Opens an event's page and searches it again and again from other addresses until `work` has ended. */
export async function feltDuring<T>(ground: Ground, work: () => Promise<T>): Promise<{ result: T; felt: Felt }> {
  const done = new AbortController()
  const pages = repeatedly(done.signal, PAGE_EVERY_MS, number => openPage(ground, number))
  const searches = repeatedly(done.signal, SEARCH_EVERY_MS, number => search(ground, number))
  const memory = watchMemory(ground, done.signal)
  let result: T
  try {
    result = await work()
  } finally {
    done.abort()
  }
  const [pageTimes, searchTimes, peaks] = await Promise.all([pages, searches, memory])
  return {
    result,
    felt: {
      pageP95Ms: quantile(pageTimes.ms, 0.95),
      pagesFailed: pageTimes.failed,
      searchP95Ms: quantile(searchTimes.ms, 0.95),
      searchesFailed: searchTimes.failed,
      ...peaks,
    },
  }
}

/** Each begins on time whether or not the one before has been answered, as other people do. */
async function repeatedly(signal: AbortSignal, everyMs: number, act: (number: number) => Promise<boolean>) {
  const times: { ms: number; failed: boolean }[] = []
  const under: Promise<unknown>[] = []
  for (let number = 0; !signal.aborted; number++) {
    const began = performance.now()
    under.push(
      act(number)
        .catch(() => false)
        .then(good => times.push({ ms: performance.now() - began, failed: !good })),
    )
    await sleep(everyMs)
  }
  await Promise.all(under)
  return { ms: times.map(({ ms }) => ms), failed: times.filter(({ failed }) => failed).length }
}

async function openPage(ground: Ground, number: number): Promise<boolean> {
  const person = personAt(ground, `203.0.113.${number % 250}`)
  const params = { id: ground.event.slug }
  await person.call(getEvent, { params }, { signal: AbortSignal.timeout(GIVEN_UP_MS) })
  return true
}

let searcher: ReturnType<typeof personAt> | undefined

async function search(ground: Ground, number: number): Promise<boolean> {
  if (!searcher || number % SEARCHES_PER_PERSON === 0) searcher = personAt(ground, `203.0.113.${number % 250}`)
  const person = { ...searcher, signIn: async () => undefined, get: (url: string) => person.send(url) }
  const late = sleep(GIVEN_UP_MS).then(() => undefined)
  const answer = await Promise.race([findWithSelfie(person, ground.event.id, ground.selfie), late])
  if (answer?.code !== 'ok') process.stderr.write(`  a search of the second visitor: ${answer?.code ?? 'no answer'}\n`)
  return answer?.code === 'ok'
}

async function watchMemory({ stack }: Ground, signal: AbortSignal): Promise<{ apiMb: number; searchMb: number }> {
  const peaks = { apiMb: 0, searchMb: 0 }
  while (!signal.aborted) {
    const api = await residentMemory(stack.metricsUrls.api).catch(() => 0)
    const { searchBytes } = await workerFigures(stack.metricsUrls.worker).catch(() => ({ searchBytes: 0 }))
    peaks.apiMb = Math.max(peaks.apiMb, api / 1e6)
    peaks.searchMb = Math.max(peaks.searchMb, searchBytes / 1e6)
    await sleep(MEMORY_EVERY_MS)
  }
  return peaks
}
