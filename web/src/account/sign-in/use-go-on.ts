import { useRouter } from 'vue-router'
import { landingOf } from '../../base/landing.ts'
import { useSession } from '../../base/session.store.ts'

/** Only addresses of ours: a link must not send people elsewhere after they signed in. */
export const ownPath = (asked: unknown): string | undefined =>
  typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : undefined

/** After a sign-in, opens the page that was asked for if the person may see it, else the first page of their role. */
export function useGoOn(): (next: string | undefined) => Promise<void> {
  const router = useRouter()
  const session = useSession()

  function mayOpen(path: string): boolean {
    const { needs } = router.resolve(path).meta
    return !needs || session.may(needs)
  }
  return async next => {
    const { user } = session
    await router.push(next && mayOpen(next) ? next : user ? landingOf(user) : '/')
  }
}
