import { shallowRef } from 'vue'

/** When the device kept what the page shows, as an instant; null while it comes from the network. */
export const keptAt = shallowRef<string | null>(null)

/** Loads the new version; null while there is none, or while a reload would break something off. */
export const loadUpdate = shallowRef<(() => void) | null>(null)
