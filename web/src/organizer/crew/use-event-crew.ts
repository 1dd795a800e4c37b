import {
  inviteToEvent,
  listCrew,
  listCrewInvitations,
  removeOrganizer,
  removePhotographer,
  resendToEvent,
  revokeFromEvent,
  setPhotographer,
} from '@pix/contracts/crew.ts'
import { listMembers, type Member } from '@pix/contracts/studios.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { everyItem } from '../../base/each-page.ts'
import { locale } from '../../base/i18n/index.ts'
import { useAction } from '../../base/use-action.ts'
import { usePages } from '../../base/use-pages.ts'

type CrewAnswer = Pick<Awaited<ReturnType<typeof askCrew>>, 'studioId' | 'organizer' | 'mayInvite' | 'mayChange'>

const askCrew = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  call(listCrew, { params: { id }, query: { limit: 50, ...(cursor && { cursor }) } }, { signal })

/** Who works on an event and who is asked to, and what may be done about them. */
export function useEventCrew(eventId: string) {
  const params = { id: eventId }
  const facts = shallowRef<CrewAnswer>()
  /** Members of the studio, who can be put on the event without a letter; only a manager may. */
  const members = shallowRef<readonly Member[]>([])

  const crew = usePages(async (cursor, signal) => {
    const page = await askCrew(eventId, cursor, signal)
    facts.value = page
    if (page.mayChange && members.value.length === 0) {
      const of = { params: { id: page.studioId } }
      members.value = await everyItem(further =>
        call(listMembers, { ...of, query: { limit: 100, ...(further && { cursor: further }) } }, { signal }),
      )
    }
    return page
  })
  const invitations = usePages((cursor, signal) =>
    call(listCrewInvitations, { params, query: { limit: 50, ...(cursor && { cursor }) } }, { signal }),
  )
  const { busy, problem, act } = useAction()

  const trust = (userId: string, trusted: boolean) =>
    act(async () => {
      await call(setPhotographer, { params: { ...params, userId }, body: { trusted } })
      await crew.refresh()
    })
  const remove = (userId: string) =>
    act(async () => {
      await call(removePhotographer, { params: { ...params, userId } })
      await crew.refresh()
    })
  const withoutOrganizer = () =>
    act(async () => {
      await call(removeOrganizer, { params })
      await crew.refresh()
    })
  async function invite(email: string, as: 'photographer' | 'organizer', trusted: boolean): Promise<void> {
    await call(inviteToEvent, { params, body: { email, as, trusted, locale: locale.value } })
    await invitations.refresh()
  }
  const resend = (invitationId: string) =>
    act(async () => {
      await call(resendToEvent, { params: { ...params, invitationId }, body: { locale: locale.value } })
      await invitations.refresh()
    })
  const revoke = (invitationId: string) =>
    act(async () => {
      await call(revokeFromEvent, { params: { ...params, invitationId } })
      await invitations.refresh()
    })

  return { crew, facts, members, invitations, busy, problem, trust, remove, withoutOrganizer, invite, resend, revoke }
}
