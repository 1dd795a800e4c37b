import type { AuditAction } from '@pix/contracts/audit.ts'
import { appendAudit } from '@pix/db/append-audit.ts'
import { connect, type Db } from '@pix/db/client.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { parseArgs } from 'node:util'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { shopDatabaseUrl } from './parts/shop-database.ts'

const USAGE = `Turns the second factor of an account off, for whoever runs the server and is locked out.

  npm run reset-second-factor -- --email <address> --reason <how you know that it is its owner>

The database is that of "npm start", or the one that DATABASE_URL names. Every sign-in of the account ends; the audit keeps
the reason. Where another platform admin can sign in, decide in the inbox instead (docs/runbooks/inbox.md).`

const RESET: AuditAction = 'account.second_factor_reset'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, reason: { type: 'string' }, help: { type: 'boolean', default: false } },
  })
  const { email, reason } = values
  if (values.help || !email || !reason) {
    console.log(USAGE)
    process.exitCode = values.help ? 0 : 64
    return
  }
  const db = connect(shopDatabaseUrl(), { max: 1, applicationName: 'thepixstock-reset-second-factor' })
  try {
    await reset(db, email.trim().toLowerCase(), reason)
    say(`${email} signs in with one step now, and has to turn the second factor on again where its role asks for it`)
  } finally {
    await db.$client.end()
  }
}

async function reset(db: Db, email: string, reason: string): Promise<void> {
  await db.transaction(async tx => {
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
    if (!user) throw new Obstacle(`There is no account of ${email}.`)
    const gone = await tx.delete(secondFactors).where(eq(secondFactors.userId, user.id)).returning()
    if (gone.length === 0) throw new Obstacle(`The account of ${email} has no second factor.`)
    await tx
      .update(refreshTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(refreshTokens.userId, user.id), isNull(refreshTokens.revokedAt)))
    await tx
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, user.id))
    await appendAudit(asSystem({ db: tx }), RESET, `user:${user.id}`, { reason, by: 'command' })
  })
}

main().catch(printAndFail)
