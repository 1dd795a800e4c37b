import { readdirSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/** How far work that nobody waits for is lowered: it gets a tenth of what somebody's search gets on the same core. */
const NOBODY_WAITS = 10

/**
 * Lowers the priority of every thread of this process, so that other work on the same core goes first. On Linux a
 * priority belongs to a thread and not to its process (setpriority(2), "C library/kernel differences"): set for the
 * process it would reach the main thread alone, and pictures are decoded and encoded on others. Threads that come later
 * take it from those that start them.
 */
export function lowerPriority(nice = NOBODY_WAITS): void {
  for (const thread of threads()) {
    try {
      if (getPriority(thread) < nice) setPriority(thread, nice)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}

/** A thread that ended since the list was read. */
const isGone = (error: unknown) => (error as { info?: { code?: string } }).info?.code === 'ESRCH'

/** This process's threads; elsewhere than on Linux the process itself, which stands for them there. */
function threads(): number[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid]
}
