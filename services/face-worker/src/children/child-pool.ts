import type { Log } from '@pix/platform/log.ts'
import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rank } from '../rank.ts'
import { forkChild, watchProcessor, whenGone } from './fork-child.ts'
import type { ToChild, ToParent } from './messages.ts'

/** The work was stopped because it took too long. */
export class TimedOut extends Error {}
/** The process that did the work is gone. */
export class ChildDied extends Error {}

export interface ChildPoolOptions {
  /** The child's main file. */
  script: URL
  /** Handed to every child when it starts. */
  settings: unknown
  size: number
  /** Asked to stop after this long, killed after that long; milliseconds. */
  softMs: number
  hardMs: number
  /**
   * Processor time that one work may take, on all threads; then its child is killed. For children that do one work at a
   * time. Unlike time on a clock it is the same on a busy machine.
   */
  cpuMs?: number
  /** Private memory of each child; what it asks for beyond this it does not get, and it mostly ends then. */
  memoryMegabytes?: number
  log: Log
}

/**
 * Processes for CPU work, so that this one stays free to renew the locks of its jobs. A child that dies is replaced;
 * what it was doing is answered with {@link ChildDied} or {@link TimedOut}.
 */
export interface ChildPool<D, R, A> {
  /** What the children said about themselves. @throws ChildDied when the first of them cannot start */
  about(): Promise<A>
  /**
   * @param key works of one key go to one child as long as it is there and not busy, so that what it keeps in memory for
   * them is kept once; any child can do any work. Without a key the least busy child is taken
   */
  run(data: D, key?: string): Promise<R>
  /** The processes there are now. */
  pids(): number[]
  /** Ends all children at once; work that runs is answered with {@link ChildDied}. */
  stop(): Promise<void>
}

interface Slot {
  child: ChildProcess
  /** What the child said about itself once it was ready. */
  ready: Promise<unknown>
  isReady: boolean
  running: Map<number, Running>
  /** Works given to this child, those that wait until it is ready among them. */
  given: number
  /** Starts that failed since the last that did not. */
  failures: number
}

interface Running {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  timers: NodeJS.Timeout[]
  late: boolean
}

/** A child that is gone is started again after this long; one that cannot start, after twice as long each time. */
const RESTART_MS = 1_000
const LONGEST_RESTART_MS = 30_000
/** With so many works a child is busy: the next one for a key is asked. */
const BUSY = 2

export function createChildPool<D, R, A>(options: ChildPoolOptions): ChildPool<D, R, A> {
  const stopping = new AbortController()
  let lastId = 0
  const slots = Array.from({ length: options.size }, () => launch({ running: new Map(), given: 0, failures: 0 }))

  function launch(empty: Pick<Slot, 'running' | 'given' | 'failures'>): Slot {
    const child = forkChild(options)
    const slot: Slot = Object.assign(empty, { child, ready: whenReady(child, options.settings), isReady: false })
    slot.ready.then(
      () => Object.assign(slot, { isReady: true, failures: 0 }),
      () => undefined, // the callers that wait for it get the error
    )
    child.on('message', (message: ToParent) => settle(slot, message))
    whenGone(child, how => {
      slot.failures += slot.isReady ? 0 : 1
      slot.isReady = false
      abandon(slot)
      if (stopping.signal.aborted) return
      options.log.error({ script: fileURLToPath(options.script), ...how }, 'a child process is gone')
      slot.ready = restart(slot)
      slot.ready.catch(() => undefined)
    })
    return slot
  }

  async function restart(slot: Slot): Promise<unknown> {
    const rest = RESTART_MS * 2 ** Math.max(0, slot.failures - 1)
    await delay(Math.min(LONGEST_RESTART_MS, rest), undefined, { signal: stopping.signal })
    try {
      launch(slot)
    } catch (error) {
      // Node throws where the system has no memory for a fork; most other refusals come as an event.
      slot.failures += 1
      options.log.error({ err: error, script: fileURLToPath(options.script) }, 'a child process cannot be made')
      return restart(slot)
    }
    return slot.ready
  }

  /** A child that cannot start is started again and again: the work waits, it is not at fault. */
  async function giveSlot(key: string | undefined): Promise<Slot> {
    for (;;) {
      const slot = key === undefined ? leastBusy(slots) : chooseFor(key, slots)
      slot.given += 1
      const isReady = await slot.ready.then(
        () => true,
        () => false,
      )
      if (isReady && !stopping.signal.aborted) return slot
      slot.given -= 1
      if (stopping.signal.aborted) throw new ChildDied('stopping')
    }
  }

  async function run(data: D, key?: string): Promise<R> {
    const slot = await giveSlot(key)
    return start(slot, data).finally(() => (slot.given -= 1))
  }

  async function start(slot: Slot, data: D): Promise<R> {
    const id = ++lastId
    return new Promise<R>((resolve, reject) => {
      const work: Running = { resolve: resolve as (result: unknown) => void, reject, timers: [], late: false }
      const softLimit = () => {
        work.late = true
        send(slot.child, { type: 'cancel', id })
      }
      const end = () => slot.child.kill('SIGKILL')
      work.timers = [setTimeout(softLimit, options.softMs), setTimeout(end, options.hardMs)]
      if (options.cpuMs !== undefined) {
        const overspent = () => ((work.late = true), end())
        work.timers.push(watchProcessor(slot.child, options.cpuMs, overspent))
      }
      slot.running.set(id, work)
      send(slot.child, { type: 'run', id, data })
    })
  }

  return {
    about: async () => (await slots[0]!.ready) as A,
    run,
    pids: () => slots.flatMap(({ child }) => child.pid ?? []),
    async stop() {
      stopping.abort()
      await Promise.all(slots.map(slot => kill(slot.child)))
    },
  }
}

function whenReady(child: ChildProcess, settings: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: ToParent) => message.type === 'ready' && resolve(message.about))
    whenGone(child, ({ code, signal, error }) => {
      reject(new ChildDied(`ended with ${error ?? signal ?? code} before it was ready`))
    })
    send(child, { type: 'start', settings })
  })
}

function settle(slot: Slot, message: ToParent): void {
  if (message.type === 'ready') return
  const work = slot.running.get(message.id)
  if (!work) return
  slot.running.delete(message.id)
  end(work)
  if (message.type === 'done') work.resolve(message.result)
  else work.reject(work.late ? new TimedOut(message.message) : new Error(message.message))
}

function abandon({ running }: Slot): void {
  for (const work of running.values()) end(work).reject(work.late ? new TimedOut() : new ChildDied())
  running.clear()
}

function end(work: Running): Running {
  for (const timer of work.timers) clearTimeout(timer)
  return work
}

/** Of those that have the least to do, one that is up. */
const leastBusy = (slots: readonly Slot[]) =>
  slots.reduce((a, b) => (b.given < a.given || (b.given === a.given && b.isReady && !a.isReady) ? b : a))

/** The first child in the key's own order that is there and not busy, else the least busy of those there. */
function chooseFor(key: string, slots: readonly Slot[]): Slot {
  const preferred = rank(
    key,
    slots.map((_, n) => String(n)),
  ).map(n => slots[Number(n)]!)
  const ready = preferred.filter(slot => slot.isReady)
  return ready.find(slot => slot.given < BUSY) ?? leastBusy(ready.length > 0 ? ready : preferred)
}

/** A child that has just ended is noticed by its `exit`, not here. */
const send = (child: ChildProcess, message: ToChild) => child.connected && child.send(message, () => undefined)

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>(resolve => whenGone(child, () => resolve()))
  child.kill('SIGKILL')
  await gone
}
