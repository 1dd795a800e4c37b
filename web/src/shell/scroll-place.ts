import type { RouterScrollBehavior } from 'vue-router'

/** A page that has not grown so far by then will not: its content is gone or shorter than it was. */
const PATIENCE_MS = 10_000
/** The bar of the shop, and some air: what an address names stands below it. */
const BAR_HEIGHT = 80

/**
 * Where a page begins to be read: at its top, at the part its address names, or, coming back, where it was left. A page
 * that is filled from the server is not so tall yet, or tall by its skeleton and footer alone: its place waits until it is
 * filled (`aria-busy`) and so tall, unless somebody scrolls before. An
 * address that differs in its query alone shows the same page, which moves by itself where it has something to show.
 */
export const scrollPlace: RouterScrollBehavior = async (to, from, saved) => {
  if (to.path === from.path && to.hash === from.hash && from.matched.length > 0) return false
  if (!saved) return to.hash ? { el: to.hash, top: BAR_HEIGHT } : { top: 0 }
  // The page that was left may still stand there until the next frame.
  await new Promise(requestAnimationFrame)
  return (await tallEnough(saved.top)) ? saved : false
}

function tallEnough(top: number): Promise<boolean> {
  const isTall = () => document.documentElement.scrollHeight >= top + innerHeight
  const isReady = () => isTall() && document.querySelector('main [aria-busy="true"]') === null
  if (isReady()) return Promise.resolve(true)
  return new Promise(resolve => {
    const leaving = new AbortController()
    const end = (tall: boolean) => {
      leaving.abort()
      grown.disconnect()
      filled.disconnect()
      clearTimeout(timer)
      resolve(tall)
    }
    const look = () => void (isReady() && end(true))
    const grown = new ResizeObserver(look)
    const filled = new MutationObserver(look)
    const timer = setTimeout(() => end(isTall()), PATIENCE_MS)
    grown.observe(document.body)
    filled.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-busy'] })
    for (const sign of ['wheel', 'touchmove', 'keydown', 'popstate'])
      addEventListener(sign, () => end(false), { signal: leaving.signal, passive: true })
  })
}
