import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ProblemError } from '@pix/contracts/client.ts'
import { nameIn } from './find-photos.ts'
import type { Journal, Line } from './journal.ts'
import type { Stored } from './receipt.ts'
import { sendBytes } from './send-bytes.ts'
import type { SignIn } from './sign-in.ts'
import { reasonOf, type Words } from './words.ts'

export interface Job {
  folder: string
  eventId: string
  /** The shop's origin. */
  url: string
  parallel: number
  signIn: SignIn
  journal: Journal
  /** Hashes of the event's photos. @throws ProblemError as a call of the api does */
  stored: () => Promise<ReadonlySet<string>>
  words: Words
  /** Says a sentence to the person. */
  say: (sentence: string) => void
}

/** Not the file's fault: it waits and is tried again, for as long as it takes. */
const PASSING = new Set(['network', 'unavailable', 'internal', 'rate_limited', 'request_too_slow', 'upload_moved_on'])
/** Seconds between tries; the last for all further ones. */
const WAIT_S = [0.5, 1, 2, 5, 10, 30]

/** Sends files as they are added, some at a time. Each is hashed here, and compared with the hash that the shop has. */
export function uploadFiles(job: Job) {
  const waiting: string[] = []
  const stored = new Map<string, Stored>()
  const failed = new Map<string, string>()
  const lanes = new Set<Promise<void>>()

  async function lane(): Promise<void> {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const name = nameIn(job.folder, path)
      failed.delete(name)
      try {
        stored.set(name, { name, sha256: await store(job, path, name) })
        if (stored.size % 100 === 0) job.say(job.words.progress(stored.size, waiting.length))
      } catch (error) {
        const reason = error instanceof ProblemError ? reasonOf(job.words, error.code) : (error as Error).message
        failed.set(name, reason)
        job.say(job.words.failed(name, reason))
      }
    }
  }
  return {
    stored,
    /** Names and why they are not stored. */
    failed,
    add(paths: readonly string[]): void {
      waiting.push(...paths)
      while (lanes.size < job.parallel && lanes.size < waiting.length) {
        const running = lane().finally(() => lanes.delete(running))
        lanes.add(running)
      }
    },
    async done(): Promise<void> {
      while (lanes.size > 0) await Promise.all(lanes)
    },
  }
}

/** A larger file is no photo that a shop takes; a smaller one is in memory while it is sent. */
const MOST_BYTES = 256 * 1024 * 1024

/** @returns the hash of a file that the shop has */
async function store(job: Job, path: string, name: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  if (size > MOST_BYTES) throw new ProblemError({ code: 'file_too_large', status: 413 })
  const file: Line = { name, size, modified: mtimeMs }
  const known = job.journal.of(file)
  if (known?.outcome && known.sha256 && (await patiently(job, job.stored)).has(known.sha256)) return known.sha256
  let address = known?.outcome ? undefined : known?.address
  // What was sent of a file that was read wrong once is sent again from its beginning.
  for (let tries = 0; tries < 2; tries += 1) {
    const bytes = await readFile(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const answer = await patiently(job, () =>
      sendBytes({
        source: bytes,
        fileName: basename(path),
        eventId: job.eventId,
        endpoint: `${job.url}/api/uploads`,
        address,
        headers: () => ({ authorization: `Bearer ${job.signIn.token()}` }),
        begun: begun => {
          address = begun
          job.journal.keep({ ...file, address })
        },
      }),
    )
    const isSame = answer.sha256 === sha256
    job.journal.keep(isSame ? { ...file, sha256, outcome: answer.outcome } : file)
    if (isSame) return sha256
    job.say(job.words.failed(name, job.words.otherArrived))
    address = undefined
  }
  throw new Error(job.words.readDifferently)
}

/** Tries for as long as it takes, where the fault passes. @throws ProblemError where it does not */
async function patiently<T>(job: Job, act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act()
    } catch (error) {
      await waitAfter(job, error, tries)
    }
  }
}

/** @throws the error, where trying again does not help */
async function waitAfter({ signIn }: Job, error: unknown, tries: number): Promise<void> {
  if (!(error instanceof ProblemError)) throw error
  if (error.code === 'unauthorized') return signIn.renew().catch((reason: unknown) => renewalFailed(reason))
  if (!PASSING.has(error.code)) throw error
  await delay(Math.max(WAIT_S[Math.min(tries, WAIT_S.length - 1)]!, error.retryAfter ?? 0) * 1_000)
}

/** The api may be away while it is asked; then the next try asks again. */
async function renewalFailed(reason: unknown): Promise<void> {
  if (!(reason instanceof ProblemError) || !PASSING.has(reason.code)) throw reason
  await delay(1_000)
}
