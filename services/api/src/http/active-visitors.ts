/** Who asked for something lately, each counted once. */
export interface ActiveVisitors {
  /** @param who the same text for the same visitor */
  saw(who: string, nowMs: number): void
  count(nowMs: number): number
}

/**
 * Remembers visitors in memory for as long as they count as active. Above the most, the one that was silent longest is
 * left out: cookies that somebody makes up take no more memory than that.
 */
export function createActiveVisitors({ activeMs, most }: { activeMs: number; most: number }): ActiveVisitors {
  /** When each was last seen; who was silent longest stands first. */
  const lastSeen = new Map<string, number>()
  const dropSilent = (nowMs: number) => {
    for (const [who, at] of lastSeen) {
      if (lastSeen.size <= most && nowMs - at <= activeMs) return
      lastSeen.delete(who)
    }
  }
  return {
    saw(who, nowMs) {
      lastSeen.delete(who)
      lastSeen.set(who, nowMs)
      if (lastSeen.size > most) dropSilent(nowMs)
    },
    count(nowMs) {
      dropSilent(nowMs)
      return lastSeen.size
    },
  }
}
