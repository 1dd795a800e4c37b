import type { Router } from 'vue-router'

/** After the first screen, whose files the line is for. */
const LATER_MS = 5_000

/** Loads what registers the service worker; at once where a worker brought the page, which then says so. */
export function startOfflineLater(router: Router): void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  if (!import.meta.env.PROD || !serviceWorker) return
  const start = () =>
    void import('./offline/index.ts').then(({ startOffline }) => startOffline(router)).catch(() => undefined)
  addEventListener('load', () => setTimeout(start, serviceWorker.controller ? 0 : LATER_MS))
}
