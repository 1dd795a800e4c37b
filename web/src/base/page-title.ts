import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'

/** Names the browser tab after what is on the page, also while it changes. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => {
    const name = toValue(title)
    document.title = name ? `${name} · ThePixStock` : 'ThePixStock'
  })
}
