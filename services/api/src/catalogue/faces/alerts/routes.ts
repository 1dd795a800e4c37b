import * as contracts from '@pix/contracts/face-alerts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { limitLetters } from '../../../http/limit-letters.ts'
import { networkOf } from '../../../http/network-of.ts'
import { alertKeys } from '../../events/index.ts'
import { askFaceAlert } from './ask-face-alert.ts'

/** Alerts for new photos of one person are asked for here; their letters' links are those of every alert. */
export const faceAlertRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limit = limitLetters(app, deps, async request =>
    alertKeys((request.body as { email: string }).email, networkOf(request)),
  )

  app.route({
    ...contracts.askFaceAlert,
    handler: async (request, reply) => {
      await limit(request, reply)
      return reply.code(202).send(await askFaceAlert(buyerContext(deps, request), request.params.id, request.body))
    },
  })
}
