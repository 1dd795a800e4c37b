import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { ownPath, useGoOn } from './use-go-on.ts'

/** Where somebody goes once signed in: on to the page that asked for it, where they may open it. */
export function useNextPage() {
  const route = useRoute()
  const go = useGoOn()
  const next = computed(() => ownPath(route.query['next']))
  return { next, goOn: () => go(next.value) }
}
