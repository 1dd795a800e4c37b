import type { RouteMeta } from 'vue-router'

/** Whether a reload breaks nothing off: no payment, no photos being sent, no form that asks before it is left. */
export const mayReload = ({ bareHeader }: RouteMeta): boolean =>
  !bareHeader && dispatchEvent(new Event('beforeunload', { cancelable: true }))
