import type { Log } from '@pix/platform/log.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { AlertGroup } from './alert-group.ts'
import { push } from './push.ts'
import { retryKeyOf } from './retry-key.ts'
import type { Settings } from './settings.ts'
import { writeMessage } from './write-message.ts'

const LARGEST_GROUP = 4_000_000

/**
 * Takes groups of alerts from Alertmanager and pushes each to every recipient. It keeps nothing. While LINE does not
 * take a push it answers 503, and Alertmanager posts the group again, to all recipients; the retry key keeps the others
 * from getting it twice.
 */
export function buildRelay(settings: Settings, log: Log, now = () => new Date()): FastifyInstance {
  const app = Fastify({ loggerInstance: log, disableRequestLogging: true, bodyLimit: LARGEST_GROUP })
  const channel = { url: settings.LINE_API_URL, token: settings.LINE_CHANNEL_TOKEN }

  app.post('/alerts', async (request, reply) => {
    const parsed = AlertGroup.safeParse(request.body)
    if (!parsed.success) {
      log.error({ err: parsed.error }, 'this is no group of alerts as Alertmanager posts it')
      return reply.code(400).send()
    }
    const group = parsed.data
    const message = writeMessage(group, settings.RUNBOOKS_URL)
    const outcomes = await Promise.all(
      settings.LINE_TO.map(to => push(channel, to, message, retryKeyOf(group, to, now()))),
    )
    for (const [at, outcome] of outcomes.entries()) {
      const about = { group: group.groupKey, recipient: at + 1, ended: outcome.ended }
      if ('why' in outcome) log.error({ ...about, why: outcome.why }, 'LINE did not take a push')
      else log.info(about, 'pushed')
    }
    const ends = outcomes.map(({ ended }) => ended)
    // Alertmanager tries again after 5xx alone, and counts every other refusal as failed.
    return reply.code(ends.includes('later') ? 503 : ends.includes('refused') ? 422 : 204).send()
  })
  return app as unknown as FastifyInstance
}
