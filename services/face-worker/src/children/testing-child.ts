import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
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
    if (what === 'spin') for (;;) Math.sqrt(2)
    return `${greeting} ${value ?? ''}`
  },
}))
