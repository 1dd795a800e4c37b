/**
 * Waits for something, no longer than a time. What comes later is let go.
 *
 * @param ms milliseconds
 * @returns whether it was fulfilled in time; false also when it was rejected
 */
export async function within(ms: number, awaited: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => (timer = setTimeout(resolve, ms, false)))
  const fulfilled = awaited.then(
    () => true,
    () => false,
  )
  const inTime = await Promise.race([fulfilled, late])
  clearTimeout(timer)
  return inTime
}
