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
    const { roles } = router.resolve(path).meta
    return !roles || (session.role !== undefined && roles.includes(session.role))
  }

  async function goOn(): Promise<void> {
    const role = session.role
    await router.push(next.value && mayOpen(next.value) ? next.value : role ? landingOf(role) : '/')
  }
  return { next, goOn }
}
