import { login } from '@pix/contracts/auth.ts'
import { decideRefund, transferRefund } from '@pix/contracts/inbox-money.ts'
import { listInbox, takeLine } from '@pix/contracts/inbox.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { DEMO } from '../try/visitor.ts'
import { personAt } from '../person.ts'
import { insist } from './customer.ts'

/** Plays the shop's people: approves every refund that was asked for and says that it was transferred. */
export async function refundAll(stack: Stack): Promise<void> {
  const admin = personAt({ stack }, '192.0.2.77')
  const { accessToken } = await admin.call(login, { body: { email: DEMO.admin, password: DEMO.password } })
  const options = { headers: { authorization: `Bearer ${accessToken}` } }
  for (;;) {
    const { items } = await insist(() => admin.call(listInbox, { query: { kind: 'refund' } }, options))
    if (items.length === 0) return
    for (const line of items) {
      const params = { id: line.id }
      await insist(() =>
        admin.call(
          takeLine,
          { params: { ...params, kind: line.kind }, body: { from: line.taken?.by.id ?? null } },
          options,
        ),
      )
      await insist(
        () => admin.call(decideRefund, { params, body: { decision: 'approved', reason: 'asked for' } }, options),
        ['illegal_state'],
      )
      await insist(
        () => admin.call(transferRefund, { params, body: { reference: `CHAOS-${line.id.slice(-8)}` } }, options),
        ['illegal_state', 'line_closed'],
      )
    }
  }
}
