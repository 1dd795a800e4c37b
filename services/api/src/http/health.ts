import { healthz, readyz, type State } from '@pix/contracts/operations.ts'
import { within } from '@pix/platform/within.ts'
import { sql } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../base/deps.ts'

const LIMIT_MS = 2_000

/** `/healthz`: the process answers. `/readyz`: what it needs answers too, each by name. */
export const healthRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...healthz,
    handler: async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  })

  app.route({
    ...readyz,
    handler: async (_, reply) => {
      const [database, redis, storage] = await Promise.all([
        answers(deps.db.execute(sql`select 1`)),
        answers(deps.redis.ping()),
        answers(deps.storage.ping()),
      ])
      const ready = [database, redis, storage].every(state => state === 'ok')
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: ready ? 'ok' : 'away', checks: { database, redis, storage } })
    },
  })
}

const answers = async (asked: Promise<unknown>): Promise<State> => ((await within(LIMIT_MS, asked)) ? 'ok' : 'away')
