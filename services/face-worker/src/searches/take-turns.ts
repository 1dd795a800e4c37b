/** Who asks: a visitor, and the network they come from, perhaps with a whole stadium. */
export interface Asker {
  visitor: string
  network: string
}

/**
 * Lets costly works run a few at a time, in turn. The visitor or network that has used least lately goes first. So a
 * visitor who sends costly pictures waits behind everybody else of that network, and that network behind the others;
 * nobody is refused because of it.
 */
export interface Turns {
  /** Runs the work when its turn comes, never two of one visitor at once. @throws whatever it throws */
  take<T>(asker: Asker, work: () => Promise<T>): Promise<T>
  /** Works that wait or run. */
  readonly size: number
}

/** What was used counts half after this long; milliseconds. */
const HALF_LIFE = 30_000
/** Less than this is forgotten; milliseconds. */
const NOTHING = 1

interface Waiting extends Asker {
  start: () => void
}

/** @param clock milliseconds, as `performance.now` */
export function createTurns(together: number, clock: () => number = () => performance.now()): Turns {
  const waiting: Waiting[] = []
  const running = new Set<string>()
  const networks = createLedger(clock)
  const visitors = createLedger(clock)

  function startNext(): void {
    while (running.size < together) {
      const next = choose(waiting.filter(one => !running.has(one.visitor)))
      if (!next) return
      waiting.splice(waiting.indexOf(next), 1)
      running.add(next.visitor)
      next.start()
    }
  }

  /** The next one that has a turn. Among equals it is the one that has waited longest. */
  function choose(ready: readonly Waiting[]): Waiting | undefined {
    const weighed = ready.map(one => ({
      one,
      network: networks.used(one.network),
      visitor: visitors.used(one.visitor),
    }))
    return weighed.reduce<(typeof weighed)[number] | undefined>((best, next) => {
      if (!best || next.network < best.network) return next
      return next.network === best.network && next.visitor < best.visitor ? next : best
    }, undefined)?.one
  }

  async function run<T>({ visitor, network }: Asker, work: () => Promise<T>): Promise<T> {
    const begun = clock()
    // Counted from the start, or many of one network would begin before the first has ended.
    const charge = (ms: number) => (networks.charge(network, ms), visitors.charge(visitor, ms))
    charge(NOTHING)
    try {
      return await work()
    } finally {
      charge(clock() - begun)
      running.delete(visitor)
      startNext()
    }
  }

  return {
    take: (asker, work) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...asker, start: () => void run(asker, work).then(resolve, reject) })
        startNext()
      }),
    get size() {
      return waiting.length + running.size
    },
  }
}

/** What each has used, fading. */
function createLedger(clock: () => number) {
  const accounts = new Map<string, { ms: number; at: number }>()
  const used = (key: string): number => {
    const account = accounts.get(key)
    return account ? account.ms * 2 ** ((account.at - clock()) / HALF_LIFE) : 0
  }
  return {
    used,
    charge(key: string, ms: number): void {
      const at = clock()
      accounts.set(key, { ms: used(key) + ms, at })
      for (const other of accounts.keys()) if (used(other) < NOTHING / 2) accounts.delete(other)
    },
  }
}
