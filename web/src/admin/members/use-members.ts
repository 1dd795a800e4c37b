import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from '@pix/contracts/invitations.ts'
import {
  changeMember,
  leaveStudio,
  listMembers,
  type ManagedStudio,
  type Member,
  removeMember,
} from '@pix/contracts/studios.ts'
import { rolesToGive } from '@pix/domain/standing.ts'
import { computed } from 'vue'
import { call, renewSignIn } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { useSession } from '../../base/session.store.ts'
import { useAction } from '../../base/use-action.ts'
import { usePages } from '../../base/use-pages.ts'
import { refreshStudios } from '../studio/index.ts'

/** What the person may do has changed, and with it the pages and studios of their menu. */
async function knowOwnRole(): Promise<void> {
  await renewSignIn()
  await refreshStudios().catch(() => undefined)
}

/** Who works for a studio and who is asked to, and what may be done about them. */
export function useMembers(studio: ManagedStudio) {
  const session = useSession()
  const params = { id: studio.id }
  const members = usePages((cursor, signal) =>
    call(listMembers, { params, query: { limit: 50, ...(cursor && { cursor }) } }, { signal }),
  )
  const invitations = usePages((cursor, signal) =>
    call(listInvitations, { params, query: { limit: 50, ...(cursor && { cursor }) } }, { signal }),
  )
  /** Their role as the sign-in knows it: it may change while the page is open. */
  const role = computed(() => session.user?.memberships.find(place => place.studio.id === studio.id)?.role)
  const own = computed(() => (session.may('platform_admin') ? 'platform_admin' : (role.value ?? 'photographer')))
  const mayGive = computed(() => rolesToGive(own.value))
  const mayChange = computed(() => own.value === 'platform_admin' || own.value === 'owner')
  const isMe = ({ userId }: Member) => userId === session.user?.id
  const { busy, problem, act } = useAction()

  const change = (member: Member, role: Member['role']) =>
    act(async () => {
      await call(changeMember, { params: { ...params, userId: member.userId }, body: { role } })
      if (isMe(member)) await knowOwnRole()
      await members.refresh()
    })
  /** Removes a member, or leaves the studio where the member is the signed-in person. */
  async function remove(member: Member): Promise<void> {
    await act(async () => {
      if (isMe(member)) await call(leaveStudio, { params })
      else await call(removeMember, { params: { ...params, userId: member.userId } })
      if (isMe(member)) await knowOwnRole()
      else await Promise.all([members.refresh(), invitations.refresh()])
    })
  }
  async function invite(email: string, role: Member['role']): Promise<void> {
    await call(inviteMember, { params, body: { email, role, locale: locale.value } })
    await invitations.refresh()
  }
  const resend = (invitationId: string) =>
    act(async () => {
      await call(resendInvitation, { params: { ...params, invitationId }, body: { locale: locale.value } })
      await invitations.refresh()
    })
  const revoke = (invitationId: string) =>
    act(async () => {
      await call(revokeInvitation, { params: { ...params, invitationId } })
      await invitations.refresh()
    })

  return { members, invitations, mayGive, mayChange, isMe, busy, problem, change, remove, invite, resend, revoke }
}
export type Members = ReturnType<typeof useMembers>
