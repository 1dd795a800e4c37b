import type { Router } from 'vue-router'
import { messageSW, type Workbox } from 'workbox-window'
import type { WhichBuild } from '../../worker/talk.ts'
import { loadUpdate } from './bars-state.ts'
import { mayReload } from './may-reload.ts'

const CHECK_MS = 15_000
const ASK_EVERY_MS = 30 * 60_000

/**
 * Offers a new version once its worker has come, and asks for one from time to time: a page may be open for days. The
 * person reloads it; while photos are sent or something is paid nothing is offered.
 */
export function offerUpdate(worker: Workbox, router: Router): void {
  let timer: ReturnType<typeof setInterval> | undefined
  worker.addEventListener('waiting', async ({ sw }) => {
    // The page may have come from the network, and then it is of that version already.
    if (sw && (await messageSW(sw, { type: 'build' } satisfies WhichBuild)) === buildOfPage())
      return worker.messageSkipWaiting()
    const offer = () =>
      (loadUpdate.value = mayReload(router.currentRoute.value.meta) ? () => void takeUpdate(worker, router) : null)
    offer()
    clearInterval(timer)
    timer = setInterval(offer, CHECK_MS)
    router.afterEach(offer)
  })
  askNowAndThen(worker)
}

async function takeUpdate(worker: Workbox, router: Router): Promise<void> {
  if (!mayReload(router.currentRoute.value.meta)) return
  const registration = await navigator.serviceWorker.getRegistration()
  // Another tab may have let it in.
  if (!registration?.waiting) return location.reload()
  worker.addEventListener('controlling', () => location.reload())
  worker.messageSkipWaiting()
}

const buildOfPage = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name="build"]')?.getAttribute('content') ?? null

function askNowAndThen(worker: Workbox): void {
  let asked = Date.now()
  const ask = () => {
    if (document.hidden || !navigator.onLine || Date.now() - asked < ASK_EVERY_MS) return
    asked = Date.now()
    worker.update().catch(() => undefined)
  }
  addEventListener('visibilitychange', ask)
  setInterval(ask, ASK_EVERY_MS)
}
