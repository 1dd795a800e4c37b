import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { landingOf } from '../../base/landing.ts'
import { useSession } from '../../base/session.store.ts'

/** Where somebody goes once signed in: on to the page that asked for it, where they may open it. */
export function useNextPage() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()

  /** Only addresses of ours: a link must not send people elsewhere after they typed a password. */
  const next = computed(() => {
    const asked = route.query['next']
    return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : undefined
  })

  function mayOpen(path: string): boolean {
    const { needs } = router.resolve(path).meta
    return !needs || session.may(needs)
  }

  async function goOn(): Promise<void> {
    const { user } = session
    await router.push(next.value && mayOpen(next.value) ? next.value : user ? landingOf(user) : '/')
  }
  return { next, goOn }
}
