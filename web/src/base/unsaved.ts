import { onScopeDispose, shallowRef } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'

/** What is lost with a page that is left: what was typed, or an upload that stops. */
export type Loss = 'typed' | 'upload'

/** What on the page would be lost now, each said by who holds it. */
const held = new Set<{ loss: Loss; isThere: () => boolean }>()

/** The question whether the page is left all the same, while it is open. */
export const leaveQuestion = shallowRef<{ loss: Loss; answer: (leave: boolean) => void }>()

/** What is lost when the page is left now. */
export const lossNow = (): Loss | undefined => [...held].find(({ isThere }) => isThere())?.loss

/** Says for as long as the caller is shown whether it holds something that is lost with the page. */
export function useUnsaved(isThere: () => boolean, loss: Loss = 'typed'): void {
  const mine = { loss, isThere }
  held.add(mine)
  onScopeDispose(() => void held.delete(mine))
}

/**
 * The same for a form: what is typed is unsaved while it differs from what was kept last, at first from what stands in it
 * now.
 *
 * @returns what is called when something was saved. Without values all that is typed is kept; a value says what was kept
 *   in its field, which may have been changed meanwhile
 */
export function useUnsavedDraft<T extends object>(draft: () => T): (kept?: Partial<T>) => void {
  const said = (values: Partial<T>) =>
    JSON.stringify(Object.entries(draft()).map(([name, value]) => (name in values ? values[name as keyof T] : value)))
  const last = shallowRef(said({}))
  useUnsaved(() => said({}) !== last.value)
  return (kept = {}) => void (last.value = said(kept))
}

/** Asks the person before something is lost. @returns whether it may be */
export function askToLeave(): Promise<boolean> {
  leaveQuestion.value?.answer(false)
  const loss = lossNow()
  if (!loss) return Promise.resolve(true)
  return new Promise(resolve => {
    const answer = (leave: boolean) => {
      leaveQuestion.value = undefined
      resolve(leave)
    }
    leaveQuestion.value = { loss, answer }
  })
}

type Place = Pick<RouteLocationNormalized, 'path' | 'query'>

/** Whether what stands on a page goes with it: filters in the address leave it there, another studio does not. */
export const isLeft = (to: Place, from: Place): boolean =>
  to.path !== from.path || to.query['studio'] !== from.query['studio']
