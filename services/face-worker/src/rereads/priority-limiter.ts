/** Lets a few works run at once: what waits as `first` is begun before anything that waits as `second`. */
export interface PriorityLimiter {
  first<T>(work: () => Promise<T>): Promise<T>
  second<T>(work: () => Promise<T>): Promise<T>
}

export function createPriorityLimiter(together: number): PriorityLimiter {
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

  async function take<T>(queue: (() => void)[], work: () => Promise<T>): Promise<T> {
    await new Promise<void>(resolve => {
      queue.push(resolve)
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
