import { createApp } from 'vue'
import type { Router } from 'vue-router'
import { Workbox } from 'workbox-window'
import { i18n, loadWords, type WordFiles } from '../../base/i18n/index.ts'
import { type AnsweredFromKept, KEPT_AT, type KeepPage, WORKER } from '../../worker/talk.ts'
import { keptAt } from './bars-state.ts'
import { offerUpdate } from './offer-update.ts'
import OfflineBars from './OfflineBars.vue'

const offlineWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/**
 * Registers the service worker, by which the shop opens on a bad line, and shows what follows from it: that a page is
 * what this device kept, and that there is a new version.
 */
export async function startOffline(router: Router): Promise<void> {
  followKept(router)
  await loadWords([offlineWords])
  const place = document.createElement('div')
  document.body.prepend(place)
  createApp(OfflineBars).use(i18n).use(router).mount(place)
  await register(router)
}

function followKept(router: Router): void {
  keptAt.value = document.querySelector(`meta[name="${KEPT_AT}"]`)?.getAttribute('content') ?? null
  router.afterEach(to => {
    if (to.path !== path) keptAt.value = null
    path = to.path
  })
  let { path } = router.currentRoute.value
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<AnsweredFromKept>) => {
    if (data.type === 'kept') keptAt.value = data.at
  })
}

async function register(router: Router): Promise<void> {
  const before = navigator.serviceWorker.controller
  // Who saves data gets nothing that was not asked for.
  if (!before && savesData()) return
  const worker = new Workbox(WORKER)
  offerUpdate(worker, router)
  if (!(await worker.register({ immediate: true })) || before) return
  // The worker did not see how this page came.
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage({ type: 'keep', path: location.pathname } satisfies KeepPage, {})
}

const savesData = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
