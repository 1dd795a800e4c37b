import { listStudios, type ManagedStudio } from '@pix/contracts/studios.ts'
import { computed, shallowRef } from 'vue'
import { useRoute } from 'vue-router'
import { call } from '../../base/api.ts'
import { everyItem } from '../../base/each-page.ts'
import { useSession } from '../../base/session.store.ts'
import { recall, remember } from '../../base/storage.ts'
import { studiosFor } from './studios-for.ts'

const CHOSEN = 'pix_studio'

/** The studios in whose console the person works, once they are known, and whose they are. */
const known = shallowRef<{ userId: string; studios: readonly ManagedStudio[] }>()
const chosen = shallowRef(recall(CHOSEN))

/** Asks for the studios again: one was made, or changed. */
export async function refreshStudios(): Promise<void> {
  const userId = useSession().user?.id
  if (userId === undefined) return
  const studios = await everyItem(cursor => call(listStudios, { query: { limit: 100, ...(cursor && { cursor }) } }))
  known.value = { userId, studios }
}

/** Remembered on this device. */
export function chooseStudio(id: string): void {
  chosen.value = id
  remember(CHOSEN, id)
}

/**
 * The studios that the shown page can be about, and the one that it is about: of the address, else the one chosen last,
 * else the first.
 */
export function useStudio() {
  const route = useRoute()
  const session = useSession()
  const own = computed(() => (known.value?.userId === session.user?.id ? (known.value?.studios ?? []) : []))
  const studios = computed(() => studiosFor(own.value, route.meta.needs, session.user?.role === 'platform_admin'))
  const studio = computed(() => {
    const of = (id: unknown) => studios.value.find(each => each.id === id)
    return of(route.query['studio']) ?? of(chosen.value) ?? studios.value[0]
  })

  /** For pages that need it before they can ask for anything. */
  async function needStudio(): Promise<ManagedStudio | undefined> {
    if (own.value.length === 0) await refreshStudios()
    return studio.value
  }
  /**
   * The studio as a query of lists. Without it the api would take the first that the person manages, which a page for
   * owners or sales people need not be about. When the studios cannot be loaded, the list fails too.
   */
  async function namedStudio(): Promise<{ studio?: string }> {
    const found = await needStudio()
    return found ? { studio: found.id } : {}
  }
  return { studios, studio, needStudio, namedStudio }
}
