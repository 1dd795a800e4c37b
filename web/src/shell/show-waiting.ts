import { START_LOCATION, type Router } from 'vue-router'
import { pendingPath } from '../ui/pending-path.ts'

/** A wait shorter than this is not noticed, and nothing is shown. */
const UNNOTICED_MS = 200

/** Says by `pendingPath` which page is waited for, once the wait is long enough to be noticed. */
export function showWaiting(router: Router): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    clearTimeout(timer)
    pendingPath.value = null
  }
  router.beforeEach((to, from) => {
    end()
    if (from !== START_LOCATION) timer = setTimeout(() => (pendingPath.value = to.fullPath), UNNOTICED_MS)
  })
  router.afterEach(end)
  router.onError(end)
}
