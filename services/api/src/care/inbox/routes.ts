import * as contracts from '@pix/contracts/inbox.ts'
import { decideObjection } from '@pix/contracts/objections.ts'
import * as money from '@pix/contracts/inbox-money.ts'
import { decideLostFactor } from '@pix/contracts/lost-factor.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { retryFailedPhoto } from './failed-photo/retry-failed-photo.ts'
import { leaveLine } from './leave-line.ts'
import { countLines, listLines } from './list-lines.ts'
import { decideLostFactorLine } from './lost-factor/decide-line.ts'
import { retryMail } from './mail/retry-mail.ts'
import { decideObjectionLine } from './objection/decide-line.ts'
import { applyReceiptLine, giveBackLine } from './receipt/settle-receipt.ts'
import { decideRefundLine, readPayee, transferRefundLine } from './refund/settle-refund.ts'
import { decideTakedownLine } from './takedown/decide-line.ts'
import { giveLineBack, takeLine } from './take-line.ts'

export const inboxRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listInbox,
    handler: async request => listLines(contextOf(deps, request), request.query),
  })

  app.route({
    ...contracts.countInbox,
    handler: async request => countLines(contextOf(deps, request)),
  })

  app.route({
    ...contracts.takeLine,
    handler: async request => takeLine(callerContext(deps, request), request.params, request.body.from),
  })

  app.route({
    ...contracts.giveLineBack,
    handler: async (request, reply) => {
      await giveLineBack(callerContext(deps, request), request.params)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.leaveLine,
    handler: async (request, reply) => {
      await leaveLine(callerContext(deps, request), request.params, request.body.reason)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.retryMail,
    handler: async (request, reply) => {
      await retryMail(callerContext(deps, request), request.params.id, request.body.email)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.decideTakedown,
    handler: async (request, reply) => {
      await decideTakedownLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...decideObjection,
    handler: async (request, reply) => {
      await decideObjectionLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...decideLostFactor,
    handler: async (request, reply) => {
      await decideLostFactorLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.retryFailedPhoto,
    handler: async (request, reply) => {
      await retryFailedPhoto(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...money.applyReceipt,
    handler: async (request, reply) => {
      await applyReceiptLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...money.giveReceiptBack,
    handler: async (request, reply) => {
      await giveBackLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...money.decideRefund,
    handler: async (request, reply) => {
      await decideRefundLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...money.refundPayee,
    handler: async request => readPayee(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...money.transferRefund,
    handler: async (request, reply) => {
      await transferRefundLine(callerContext(deps, request), request.params.id, request.body.reference)
      return reply.code(204).send(null)
    },
  })
}
