import { login } from '@pix/contracts/auth.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import { Redis } from 'ioredis'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO } from '../try/visitor.ts'
import { askDatabase, ATTACKER, type Attack } from './ground.ts'
import { personAt } from '../person.ts'

const FROZEN_MS = 8_000

export const frozenRedis: Attack = {
  name: 'Redis frozen',
  what: `(an accident, not a person) Redis takes connections and answers nothing for ${FROZEN_MS / 1_000} s`,
  async run({ stack }) {
    const redis = new Redis(stack.redisUrl)
    await redis.client('PAUSE', FROZEN_MS, 'ALL')
    await sleep(FROZEN_MS)
    redis.disconnect()
    return { frozenMs: FROZEN_MS }
  },
}

export const readsWithoutCookies: Attack = {
  name: 'reads without cookies',
  what: 'asks for the cart 1,000 times, each time without a cookie',
  async run(ground) {
    const count = () => askDatabase(ground, 'select count(*) from sessions')
    const before = await count()
    for (let sent = 0; sent < 1_000; sent += 50) {
      const asked = Array.from({ length: 50 }, () =>
        fetch(`${ground.stack.apiUrl}/api/cart`, { headers: { 'x-forwarded-for': ATTACKER } }),
      )
      await Promise.allSettled(asked.map(async answer => (await answer).arrayBuffer()))
    }
    return { sessionRowsLeft: (await count()) - before }
  },
}

export const lockedOut: Attack = {
  name: 'locked out',
  what: "guesses the admin's password ten times; then the admin signs in from elsewhere",
  async run(ground) {
    const attempt = async (address: string, password: string) => {
      try {
        await personAt(ground, address).call(login, { body: { email: DEMO.admin, password } })
        return 'signed in'
      } catch (error) {
        if (error instanceof ProblemError) return error.code
        throw error
      }
    }
    const guesses: string[] = []
    for (let number = 0; number < 10; number++) guesses.push(await attempt(ATTACKER, `guess-${number}-0000`))
    await sleep(61_000) // the limit of a minute is not what is tried here
    return { lastGuess: guesses.at(-1) ?? '', owner: await attempt('203.0.113.200', DEMO.password) }
  },
}
