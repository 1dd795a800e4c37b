import type { ConsentLine } from '@pix/contracts/privacy.ts'
import * as privacy from '@pix/contracts/privacy.ts'
import { listMyObjections, type Objection, withdrawObjection } from '@pix/contracts/objections.ts'
import { computed, ref } from 'vue'
import { call } from '../../base/api.ts'
import { takeFile } from '../../base/take-file.ts'
import { locale } from '../../base/i18n/index.ts'
import { useSession } from '../../base/session.store.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** What a person sees of their data, and what they can do with it. */
export function useMyData() {
  const session = useSession()
  const { state, load, refresh } = useLoaded(signal => call(privacy.listMyConsents, {}, { signal }))
  const hidden = useLoaded(signal => call(listMyObjections, {}, { signal }))
  const ofMail = useLoaded(signal => call(privacy.listMyAddresses, {}, { signal }))
  const addresses = computed(() => (ofMail.state.value.status === 'loaded' ? ofMail.state.value.value.items : []))
  const objections = computed(() => (hidden.state.value.status === 'loaded' ? hidden.state.value.value.items : []))
  const { busy, problem, act } = useAction()
  const done = ref<'withdrawn' | 'shown' | 'exported' | 'deleted'>()

  /** Grants, one for each purpose, event and wording: the newest. */
  const consents = computed(() => {
    const found = new Map<string, ConsentLine>()
    for (const line of state.value.status === 'loaded' ? state.value.value.lines : []) {
      const key = `${line.purpose} ${line.eventId} ${line.version}`
      const known = found.get(key)
      if (line.act === 'granted' && (!known || (line.standing && !known.standing))) found.set(key, line)
    }
    return [...found.values()]
  })

  const doing = (what: NonNullable<typeof done.value>, action: () => Promise<void>) =>
    act(async () => {
      done.value = undefined
      await action()
      done.value = what
    })

  const withdraw = ({ purpose, eventId }: ConsentLine) =>
    doing('withdrawn', async () => {
      await call(privacy.changeMyConsent, { body: { purpose, eventId, granted: false } })
      await Promise.all([refresh(), hidden.refresh()])
    })

  const takeBack = ({ id }: Objection) =>
    doing('shown', async () => {
      await call(withdrawObjection, { params: { id } })
      await Promise.all([refresh(), hidden.refresh()])
    })

  const download = () => doing('exported', () => takeFile(privacy.exportMe.url, 'my-data.zip'))

  const deleteVisit = () =>
    doing('deleted', async () => {
      await call(privacy.deleteVisit, {})
      await Promise.all([refresh(), hidden.refresh()])
    })

  const deleteAddress = (orderId: string) =>
    doing('deleted', async () => {
      await call(privacy.deleteAddress, { body: { orderId } })
      await Promise.all([refresh(), hidden.refresh()])
    })

  /** The form shows a refusal beside its field. */
  async function deleteAccount(shown: { password: string; code: string | undefined }): Promise<void> {
    done.value = undefined
    await call(privacy.deleteAccount, { body: { ...shown, locale: locale.value } })
    // The account is gone, also where what follows fails.
    session.end()
    await doing('deleted', async () => {
      await call(privacy.deleteVisit, {})
      await session.signOut().catch(() => undefined)
      await Promise.all([refresh(), hidden.refresh()])
    })
  }

  return {
    session,
    state,
    load,
    busy,
    problem,
    done,
    consents,
    withdraw,
    objections,
    takeBack,
    download,
    addresses,
    deleteVisit,
    deleteAddress,
    deleteAccount,
  }
}
