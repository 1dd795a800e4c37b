/** A package that pays for a number of photos, whichever they are: a single or a bundle. */
export interface CountedPackage {
  id: string
  photoCount: number
  /** Satang. */
  price: number
}

export interface Covering {
  /** Satang. */
  total: number
  /** Packages bought, by id. */
  quantities: Map<string, number>
  packages: number
}

interface Step {
  total: number
  packages: number
  /** Index of the last package bought; -1 at the start. */
  last: number
}

/**
 * The cheapest packages that pay for `n` photos, for any number of them: dynamic programming over the number of
 * photos. A bundle may be under-filled. Equal prices: fewer packages, then the earlier in the list.
 *
 * @returns a function of n that remembers what it has worked out; null where no package is sold
 */
export function coverByCount(packages: readonly CountedPackage[]): (photos: number) => Covering | null {
  const steps: Step[] = [{ total: 0, packages: 0, last: -1 }]

  const stepFor = (photos: number): Step | undefined => {
    let best: Step | undefined
    for (const [last, offered] of packages.entries()) {
      const before = steps[Math.max(0, photos - offered.photoCount)]!
      const step = { total: before.total + offered.price, packages: before.packages + 1, last }
      if (!best || step.total < best.total || (step.total === best.total && step.packages < best.packages)) best = step
    }
    return best
  }

  const known = new Map<number, Covering>()
  return photos => {
    const before = known.get(photos)
    if (before) return before
    while (steps.length <= photos) {
      const step = stepFor(steps.length)
      if (!step) return null
      steps.push(step)
    }
    const { total, packages: count } = steps[photos]!
    const quantities = new Map<string, number>()
    for (let rest = photos; rest > 0;) {
      const bought = packages[steps[rest]!.last]!
      quantities.set(bought.id, (quantities.get(bought.id) ?? 0) + 1)
      rest = Math.max(0, rest - bought.photoCount)
    }
    const covering = { total, quantities, packages: count }
    known.set(photos, covering)
    return covering
  }
}
