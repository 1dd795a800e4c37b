import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { askToLeave, isLeft, lossNow } from '../../base/unsaved.ts'

/** The browser asks with words of its own where the whole page is left. */
function holdBack(leaving: Event) {
  if (lossNow()) leaving.preventDefault()
}

/** Nothing that was typed and no upload is left behind without a question, by whichever way the page is left. */
export function useLeaveGuard() {
  const stop = useRouter().beforeEach((to, from) => (isLeft(to, from) ? askToLeave() : true))
  onScopeDispose(stop)

  const gone = new AbortController()
  addEventListener('beforeunload', holdBack, { signal: gone.signal })
  onScopeDispose(() => gone.abort())
}
