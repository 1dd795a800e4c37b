/** Lets a few works run at once: what waits in the first lane is begun before anything in the second. */
export interface Lanes {
  first<T>(work: () => Promise<T>): Promise<T>
  second<T>(work: () => Promise<T>): Promise<T>
}

export function createLanes(together: number): Lanes {
  const waiting: [first: (() => void)[], second: (() => void)[]] = [[], []]
  let running = 0

  function startNext(): void {
    while (running < together) {
      const start = waiting[0].shift() ?? waiting[1].shift()
      if (!start) return
      running += 1
      start()
    }
  }

  async function take<T>(lane: (() => void)[], work: () => Promise<T>): Promise<T> {
    await new Promise<void>(resolve => {
      lane.push(resolve)
      startNext()
    })
    try {
      return await work()
    } finally {
      running -= 1
      startNext()
    }
  }

  return { first: work => take(waiting[0], work), second: work => take(waiting[1], work) }
}
