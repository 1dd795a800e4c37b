import { shallowRef, type App } from 'vue'
import type { RouteLocationNormalized, Router } from 'vue-router'
import { showToast } from '../ui/toast.ts'
import { i18n } from '../base/i18n/index.ts'
import { didLately } from '../base/storage.ts'

/** Why there is no page: a mistake of ours in drawing it, or a part of it that did not come. */
export type PageFault = { kind: 'broken' } | { kind: 'not_loaded'; path: string }

/** What the error page shows in place of the page; null while all is well. */
export const pageFault = shallowRef<PageFault | null>(null)

/** After a deployment one reload loads the new release. A second reload within this time would not help. */
const RELOAD_MS = 10_000

/**
 * Where Vue was when something threw, as the development build says it and as the production build numbers it
 * (https://vuejs.org/error-reference): after these a part of the page is missing. A failed click changes nothing.
 */
const DRAWING = /setup function|render function|scheduler flush|component update|#runtime-(0|1|14|15)$/
const LOADING = /async component loader|#runtime-13$/

/** Shows an error page or a toast, with a way to try again, when a page cannot be drawn or loaded. */
export function watchForFaults(app: App, router: Router): void {
  app.config.errorHandler = (error, _instance, info) => {
    reportError(error)
    if (LOADING.test(info)) showToast(i18n.global.t('page.partMissing'))
    else if (DRAWING.test(info)) pageFault.value = { kind: 'broken' }
  }
  router.onError((error: unknown, to: RouteLocationNormalized) => {
    reportError(error)
    const onAPage = router.currentRoute.value.matched.length > 0
    if (onAPage)
      showToast(i18n.global.t('page.partMissing'), {
        label: i18n.global.t('ui.retry'),
        run: () => void router.push(to),
      })
    else pageFault.value = { kind: 'not_loaded', path: to.fullPath }
  })
  router.afterEach((_to, _from, failure) => {
    if (!failure) pageFault.value = null
  })
  // A page of an older release asks for files that are gone: one reload brings the new release.
  addEventListener('vite:preloadError', () => {
    if (navigator.onLine && !didLately('pix_reloaded', RELOAD_MS)) location.reload()
  })
}
