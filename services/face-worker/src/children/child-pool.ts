import type { Log } from '@pix/platform/log.ts'
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rank } from '../rank.ts'
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
}

interface Running {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  timers: NodeJS.Timeout[]
  late: boolean
}

const RESTART_MS = 1_000
/** With so many works a child is busy: the next one for a key is asked. */
const BUSY = 2

export function createChildPool<D, R, A>(options: ChildPoolOptions): ChildPool<D, R, A> {
  let stopping = false
  let lastId = 0
  const slots = Array.from({ length: options.size }, () => launch({ running: new Map(), given: 0 }))

  function launch(empty: Pick<Slot, 'running' | 'given'>): Slot {
    const child = forkChild(options)
    const slot: Slot = Object.assign(empty, { child, ready: whenReady(child, options.settings), isReady: false })
    slot.ready.then(
      () => (slot.isReady = true),
      () => undefined, // told to whoever waits for it
    )
    child.on('message', (message: ToParent) => settle(slot, message))
    child.once('exit', (code, signal) => {
      slot.isReady = false
      abandon(slot)
      if (stopping) return
      options.log.error({ script: fileURLToPath(options.script), code, signal }, 'a child process is gone')
      slot.ready = delay(RESTART_MS).then(() => (stopping ? undefined : launch(slot).ready))
      slot.ready.catch(() => undefined)
    })
    return slot
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
      if (isReady && !stopping) return slot
      slot.given -= 1
      if (stopping) throw new ChildDied('stopping')
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
        tell(slot.child, { type: 'cancel', id })
      }
      work.timers = [
        setTimeout(softLimit, options.softMs),
        setTimeout(() => slot.child.kill('SIGKILL'), options.hardMs),
      ]
      slot.running.set(id, work)
      tell(slot.child, { type: 'run', id, data })
    })
  }

  return {
    about: async () => (await slots[0]!.ready) as A,
    run,
    pids: () => slots.flatMap(({ child }) => child.pid ?? []),
    async stop() {
      stopping = true
      await Promise.all(slots.map(slot => kill(slot.child)))
    },
  }
}

function forkChild({ script }: ChildPoolOptions): ChildProcess {
  return fork(fileURLToPath(script), {
    execArgv: loaderArguments(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Pictures come and go on many threads, and glibc would keep an arena of freed memory for each: 600 MB and growing
    // instead of 440 MB and flat.
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  })
}

/** TypeScript runs in the child the way it runs here; under a test runner, by tsx. */
function loaderArguments(): string[] {
  const inherited = process.execArgv.filter(argument => !argument.startsWith('--inspect'))
  const native = Boolean((process.features as { typescript?: unknown }).typescript)
  return native || inherited.some(argument => argument.includes('tsx')) ? inherited : ['--import', 'tsx']
}

function whenReady(child: ChildProcess, settings: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: ToParent) => message.type === 'ready' && resolve(message.about))
    child.once('error', reject)
    child.once('exit', code => reject(new ChildDied(`ended with ${code} before it was ready`)))
    tell(child, { type: 'start', settings })
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

const leastBusy = (slots: readonly Slot[]) => slots.reduce((a, b) => (b.given < a.given ? b : a))

/** The first child in the key's own order that is there and not busy, else the least busy of those there. */
function chooseFor(key: string, slots: readonly Slot[]): Slot {
  const seats = rank(
    key,
    slots.map((_, seat) => String(seat)),
  ).map(seat => slots[Number(seat)]!)
  const ready = seats.filter(slot => slot.isReady)
  return ready.find(slot => slot.given < BUSY) ?? leastBusy(ready.length > 0 ? ready : seats)
}

/** A child that has just ended is noticed by its `exit`, not here. */
const tell = (child: ChildProcess, message: ToChild) => child.connected && child.send(message, () => undefined)

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
