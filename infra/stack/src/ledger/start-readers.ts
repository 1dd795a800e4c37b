import type { Range, Recomputed } from '@pix/db/ledger/recompute-range.ts'
import type { Moment, Readers } from '@pix/db/ledger/verify-ledger.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('reader.ts', import.meta.url))
/** Two ranges at once: the database reads one while the other is computed. */
const AT_ONCE = 2

/** A range's result, by the position where it begins. */
export interface Answer {
  from: number
  result: Recomputed
}

/** Processes that recompute ranges of postings, each by a connection of its own to the shop's database, all in one snapshot. */
export function startReaders(count: number, moment: Moment): Readers {
  const readers = Array.from({ length: count }, () => startReader(moment))
  return {
    // To the one that has the least to do.
    recompute: range =>
      readers.reduce((least, one) => (one.waiting() < least.waiting() ? one : least)).recompute(range),
    atOnce: AT_ONCE * count,
    close: async () => {
      await Promise.all(readers.map(reader => reader.close()))
    },
  }
}

interface Waiting {
  resolve: (result: Recomputed) => void
  reject: (reason: Error) => void
}

function startReader({ snapshot, sealed }: Moment) {
  const child = fork(SCRIPT, [snapshot, String(sealed)], { execArgv: [...TYPESCRIPT], serialization: 'advanced' })
  const waiting = new Map<number, Waiting>()
  let gone: Error | undefined
  const ended = new Promise<void>(resolve => {
    const end = (how: string) => {
      gone ??= new Error(`a reader of the ledger ended ${how}: nothing is known of its postings`)
      for (const { reject } of waiting.values()) reject(gone)
      waiting.clear()
      resolve()
    }
    child.once('error', error => end(`by ${error.message}`))
    child.once('exit', (code, signal) => end(`with ${signal ?? code}`))
  })
  child.on('message', ({ from, result }: Answer) => {
    waiting.get(from)?.resolve(result)
    waiting.delete(from)
  })
  return {
    waiting: () => waiting.size,
    recompute: (range: Range) =>
      new Promise<Recomputed>((resolve, reject) => {
        if (gone) return reject(gone)
        waiting.set(range.from, { resolve, reject })
        // One that cannot be reached has ended, which is heard by itself.
        child.send(range, () => undefined)
      }),
    close: async () => {
      child.kill()
      await ended
    },
  }
}
