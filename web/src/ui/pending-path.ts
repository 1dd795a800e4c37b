import { shallowRef } from 'vue'

/** The address that was asked for and is slow to come; null while nothing is waited for. */
export const pendingPath = shallowRef<string | null>(null)
