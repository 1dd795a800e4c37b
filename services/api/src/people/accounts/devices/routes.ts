import * as contract from '@pix/contracts/accounts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext } from '../../../http/context-of.ts'
import { endDevice, endOtherDevices } from './end-devices.ts'
import { listDevices } from './list-devices.ts'

export const deviceRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listDevices,
    handler: async request => listDevices(callerContext(deps, request), browserOf(request).refreshToken),
  })

  app.route({
    ...contract.endDevice,
    handler: async (request, reply) => {
      await endDevice(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.endOtherDevices,
    handler: async (request, reply) => {
      await endOtherDevices(callerContext(deps, request), browserOf(request).refreshToken)
      return reply.code(204).send(null)
    },
  })
}
