import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { getPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { lowerPriority } from './lower-priority.ts'
import { serveParent } from './serve-parent.ts'

/** A child for the pool's own tests. */
serveParent(async ({ greeting }: { greeting: string }) => ({
  about: { pid: process.pid },
  async run({ what, value }: { what: string; value?: string }, signal) {
    if (what === 'exit') process.exit(3)
    if (what === 'throw') throw new Error('it went wrong')
    if (what === 'wait until asked') {
      await once(signal, 'abort')
      throw new Error('stopped')
    }
    if (what === 'pid') return String(process.pid)
    if (what === 'wait') await delay(500)
    if (what === 'lower') return JSON.stringify(await lowered())
    if (what === 'fill') return String(fill(Number(value)))
    if (what === 'spin') for (;;) Math.sqrt(2)
    return `${greeting} ${value ?? ''}`
  },
}))

/** Takes so many megabytes, piece by piece. @returns how many it got */
function fill(megabytes: number): number {
  const kept: Buffer[] = []
  try {
    while (kept.length < megabytes) kept.push(Buffer.alloc(1024 * 1024, 1))
  } catch {
    // no more to be had
  }
  return kept.length
}

/** The priority of every thread, those of the pool that reads files among them. */
async function lowered(): Promise<number[]> {
  lowerPriority()
  await readFile(process.execPath)
  return process.platform === 'linux'
    ? readdirSync('/proc/self/task').map(thread => getPriority(Number(thread)))
    : [getPriority()]
}
