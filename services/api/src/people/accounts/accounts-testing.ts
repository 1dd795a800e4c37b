import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { InjectOptions } from 'fastify'
import { desc } from 'drizzle-orm'
import { type TestApp, TEST_ORIGIN } from '../../testing/test-app.ts'

export const GOOD_PASSWORD = 'seven purple kettles'

/** A browser: keeps its cookies, and says where it is. */
export function browserOf(t: TestApp, { network = '203.0.113.9', agent = 'test browser' } = {}) {
  const cookies: Record<string, string> = {}
  async function post(url: string, payload: object = {}, more: Partial<InjectOptions> = {}) {
    const answer = await t.app.inject({
      method: 'POST',
      url: `/api${url}`,
      payload,
      cookies,
      remoteAddress: network,
      ...more,
      headers: { origin: TEST_ORIGIN, 'user-agent': agent, ...more.headers },
    } as InjectOptions)
    for (const { name, value } of answer.cookies) {
      if (value === '') delete cookies[name]
      else cookies[name] = value
    }
    return answer
  }
  return { cookies, post }
}
export type TestBrowser = ReturnType<typeof browserOf>

/** The letters that wait, newest first. */
export const letters = (t: TestApp) =>
  t.db.select().from(outgoingMail).orderBy(desc(outgoingMail.createdAt), desc(outgoingMail.id))

/** The newest letter to an address. */
export async function letterTo(t: TestApp, address: string) {
  const letter = (await letters(t)).find(({ recipient }) => recipient === address)
  if (!letter) throw new Error(`no letter went to ${address}`)
  return { ...letter, token: letter.secrets?.token ?? '', code: letter.secrets?.code ?? '' }
}

export const newcomer = (t: TestApp) => `new-${t.deps.newId().slice(-8)}@test.example`
