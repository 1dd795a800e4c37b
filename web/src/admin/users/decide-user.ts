import { changeUserRole, suspendUser, type UserDetail } from '@pix/contracts/users.ts'
import { call } from '../../base/api.ts'

export type Decision = 'suspend' | 'lift' | 'makeAdmin' | 'takeAdmin'

/** Sends what was decided about an account. */
export function decideUser(
  id: string,
  decision: Decision,
  given: { reason: string; password?: string },
): Promise<UserDetail> {
  const params = { id }
  if (decision === 'suspend' || decision === 'lift') {
    return call(suspendUser, { params, body: { suspended: decision === 'suspend', reason: given.reason } })
  }
  return call(changeUserRole, {
    params,
    body: { role: decision === 'makeAdmin' ? 'platform_admin' : 'user', ...given },
  })
}
