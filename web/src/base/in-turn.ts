/** Runs actions one after the other, in the order in which they were asked for. One that fails holds no other up. */
export function useTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(action: () => Promise<T>): Promise<T> => {
    const mine = last.then(action)
    last = mine.catch(() => undefined)
    return mine
  }
}
