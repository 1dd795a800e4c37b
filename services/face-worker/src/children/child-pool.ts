import type { Log } from '@pix/platform/log.ts'
import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rank } from '../rank.ts'
import { forkChild, watchProcessor, whenGone } from './fork-child.ts'
import type { ToChild, ToParent } from './messages.ts'

/** A piece of work was stopped because it took too long. */
export class TimedOut extends Error {}
/** The process that did the work has ended. */
export class ChildDied extends Error {}
/** It was ended for another piece of work that took too long: that says nothing about this one. */
export class EndedForAnother extends ChildDied {}

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
   * Processor time that one piece of work may take, over all threads, milliseconds. Then its child is killed. It is for
   * children that do one piece of work at a time. Unlike time on a clock, it does not depend on the load of the machine.
   */
  cpuMs?: number
  /** Limit of each child's private memory. An allocation beyond it fails, and most children end then. */
  memoryMegabytes?: number
  log: Log
}

/**
 * Child processes for CPU work, so that this process can renew the locks of its jobs meanwhile. A child that ends is
 * replaced, and its work is rejected with {@link ChildDied}, {@link TimedOut} or {@link EndedForAnother}.
 */
export interface ChildPool<D, R, A> {
  /** What the first child said about itself when it was ready. @throws ChildDied when it cannot start */
  about(): Promise<A>
  /**
   * @param key work of one key goes to the same child while that child is there and not busy, so that only one child keeps
   * its data in memory. Any child can do any work. Without a key the least busy child is taken
   */
  run(data: D, key?: string): Promise<R>
  /** Process ids of the children. */
  pids(): number[]
  /** Ends all children at once. Work that runs is rejected with {@link ChildDied}. */
  stop(): Promise<void>
}

interface Slot {
  child: ChildProcess
  /** What the child said about itself once it was ready. */
  ready: Promise<unknown>
  isReady: boolean
  running: Map<number, Running>
  /** Pieces of work given to this child, including those that wait until it is ready. */
  given: number
  /** Failed starts since the last successful one. */
  failures: number
}

interface Running {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  timers: NodeJS.Timeout[]
  late: boolean
  /** Its child was killed for it. */
  killed: boolean
}

/** Wait before a child is started again. It doubles with each start that fails. */
const RESTART_MS = 1_000
const LONGEST_RESTART_MS = 30_000
/** A child with this many pieces of work is busy: then the next child in the key's order is asked. */
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
      // Node throws where the system has no memory for a fork. Most other failures come as an event.
      slot.failures += 1
      options.log.error({ err: error, script: fileURLToPath(options.script) }, 'a child process cannot be made')
      return restart(slot)
    }
    return slot.ready
  }

  /** Waits while a child cannot start, since the work is not the cause. */
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
      const work: Running = {
        resolve: resolve as (result: unknown) => void,
        reject,
        timers: [],
        late: false,
        killed: false,
      }
      const softLimit = () => {
        work.late = true
        send(slot.child, { type: 'cancel', id })
      }
      const end = () => {
        if (slot.child.killed) return
        work.late = work.killed = true
        slot.child.kill('SIGKILL')
      }
      work.timers = [setTimeout(softLimit, options.softMs), setTimeout(end, options.hardMs)]
      if (options.cpuMs !== undefined) work.timers.push(watchProcessor(slot.child, options.cpuMs, end))
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
  const works = [...running.values()]
  const wasKilled = works.some(({ killed }) => killed)
  for (const work of works) end(work).reject(whyAbandoned(work, wasKilled))
  running.clear()
}

/** Those begun after the one that blocked its child are late as well, through no fault of theirs. */
function whyAbandoned({ late, killed }: Running, wasKilled: boolean): Error {
  if (wasKilled && !killed) return new EndedForAnother()
  return late ? new TimedOut() : new ChildDied()
}

function end(work: Running): Running {
  for (const timer of work.timers) clearTimeout(timer)
  return work
}

/** The child with the least work. Among equals, one that is ready. */
const leastBusy = (slots: readonly Slot[]) =>
  slots.reduce((a, b) => (b.given < a.given || (b.given === a.given && b.isReady && !a.isReady) ? b : a))

/** The first child in the key's order that is ready and not busy, else the least busy of the ready ones. */
function chooseFor(key: string, slots: readonly Slot[]): Slot {
  const preferred = rank(
    key,
    slots.map((_, n) => String(n)),
  ).map(n => slots[Number(n)]!)
  const ready = preferred.filter(slot => slot.isReady)
  return ready.find(slot => slot.given < BUSY) ?? leastBusy(ready.length > 0 ? ready : preferred)
}

/** An error is ignored here: a child that has just ended is noticed by its `exit` event. */
const send = (child: ChildProcess, message: ToChild) => child.connected && child.send(message, () => undefined)

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>(resolve => whenGone(child, () => resolve()))
  child.kill('SIGKILL')
  await gone
}
