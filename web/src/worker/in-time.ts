/** @returns what a promise brings; null where it brings nothing within `ms`, or fails */
export function inTime<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(null), ms)
    promise.then(resolve, () => resolve(null)).finally(() => clearTimeout(timer))
  })
}
