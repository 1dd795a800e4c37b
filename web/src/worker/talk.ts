/** What pages and the service worker say to each other. */

/** The service worker, as the web server gives it. */
export const WORKER = '/sw.js'

/** The cache of pages that this device keeps: one entry for each, by its path. */
export const KEPT_PAGES = 'kept-pages'

/** Name of the `<meta>` of a page that came from this device: when it was kept, as an instant. */
export const KEPT_AT = 'kept-at'

/** A page asks the worker to keep what a stranger would see at its address. */
export interface KeepPage {
  type: 'keep'
  path: string
}

/** A page asks a worker of which build it is; the answer is the build's id, or null. */
export interface WhichBuild {
  type: 'build'
}

/** The worker says that it answered a page from what this device kept. */
export interface AnsweredFromKept {
  type: 'kept'
  /** When it was kept, as an instant. */
  at: string
}
