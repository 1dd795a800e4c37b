import { listServiceKeys, makeServiceKey, revokeServiceKey, type ServiceKey } from '@pix/contracts/service-keys.ts'
import type { ServiceKeyScope } from '@pix/domain/words.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { useAction } from '../../base/use-action.ts'
import { usePages } from '../../base/use-pages.ts'

export interface WantedKey {
  name: string
  scopes: ServiceKeyScope[]
  days: number
  password?: string
}

/** A key that was just made, with what is shown this once. */
export interface MadeKey {
  name: string
  key: string
}

/** The service keys of a studio, or the platform's. @param studioId null is the platform */
export function useKeys(studioId: string | null) {
  const keys = usePages((cursor, signal) => {
    const whose = studioId === null ? {} : { studio: studioId }
    return call(listServiceKeys, { query: { ...whose, limit: 50, ...(cursor && { cursor }) } }, { signal })
  })
  /** Until it is put away. */
  const made = shallowRef<MadeKey>()
  const { busy, problem, act } = useAction()

  async function make(wanted: WantedKey): Promise<void> {
    const { name, key } = await call(makeServiceKey, { body: { studioId, ...wanted } })
    made.value = { name, key }
    await keys.refresh()
  }
  const revoke = ({ id }: ServiceKey) =>
    act(async () => {
      await call(revokeServiceKey, { params: { id } })
      await keys.refresh()
    })
  return { keys, made, busy, problem, make, revoke }
}

/** What a key is good for now. */
export function stateOf({ revokedAt, expiresAt }: ServiceKey, now: number): 'good' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) > now ? 'good' : 'expired'
}

/** The key of a scope's words: a colon names none. */
export const scopeWords = (scope: ServiceKeyScope) => scope.replace(':', '_')
