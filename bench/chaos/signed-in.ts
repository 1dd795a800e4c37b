import { login } from '@pix/contracts/auth.ts'
import type { Client } from '@pix/contracts/client.ts'
import { connect } from '@pix/db/client.ts'
import { ensureUser } from '@pix/db/ensure-user.ts'
import { users } from '@pix/db/schema/auth.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { DEMO } from '../try/visitor.ts'
import { personAt } from '../person.ts'

/** Before the token runs out (15 minutes). */
const RENEW_MS = 10 * 60_000

export type SignedIn = Pick<Client, 'call'>

/** Somebody with a login of the demo. They sign in when they first ask for something, and again before their token ends. */
export function signedInAt(stack: Stack, email: string, address: string): SignedIn {
  const person = personAt({ stack }, address)
  let token: { value: string; until: number } | undefined
  const sign = async () => {
    const { accessToken } = await person.call(login, { body: { email, password: DEMO.password } })
    return { value: accessToken, until: Date.now() + RENEW_MS }
  }
  return {
    call: async (contract, input, options = {}) => {
      if (token === undefined || token.until < Date.now()) token = await sign()
      const headers = { ...options.headers, authorization: `Bearer ${token.value}` }
      return person.call(contract, input, { ...options, headers })
    },
  }
}

/** Puts more platform admins into the database, with the password of the demo's. */
export async function addAdmins(stack: Stack, emails: readonly string[]): Promise<void> {
  const db = connect(stack.database.owner, { max: 1 })
  try {
    const known = await db.select().from(users)
    const passwordHash = known.find(({ email }) => email === DEMO.admin)?.passwordHash
    if (!passwordHash) throw new Error('the demo has no admin')
    for (const email of emails) await ensureUser(db, { email, name: email, role: 'platform_admin', passwordHash })
  } finally {
    await db.$client.end()
  }
}
