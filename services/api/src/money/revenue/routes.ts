import { earnings, ledgerSeal, statement } from '@pix/contracts/earnings.ts'
import * as files from '@pix/contracts/statement-files.ts'
import { photographerMorning } from '@pix/contracts/photographer-morning.ts'
import { photographerSummary } from '@pix/contracts/photographer-summary.ts'
import * as contracts from '@pix/contracts/revenue.ts'
import { simulateSplit } from '@pix/contracts/split-rules.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { CSV_TYPE } from '../../base/csv-file.ts'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { readOwnMorning } from './morning/read-morning.ts'
import { exportLedger } from './export-ledger.ts'
import { listLedger } from './list-ledger.ts'
import { listPhotographers } from './list-photographers.ts'
import { readEarnings } from './read-earnings.ts'
import { readPhotographerSummary } from './read-photographer-summary.ts'
import { readSeal, readStatement } from './read-statement.ts'
import { askFile, linkFile, readFile } from './statement-files.ts'
import { simulateRule } from './simulate-rule.ts'
import { summarize, summarizeEvent } from './summary.ts'

export const revenueRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.revenueSummary,
    handler: async request => summarize(callerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.photographerRevenue,
    handler: async request => listPhotographers(callerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.listLedger,
    handler: async request => listLedger(callerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.exportLedger,
    handler: async (request, reply) => {
      const { name, body } = await exportLedger(callerContext(deps, request), request.query)
      return reply
        .header('content-type', CSV_TYPE)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(body)
    },
  })

  app.route({
    ...simulateSplit,
    handler: async request => simulateRule(callerContext(deps, request), request.body),
  })

  app.route({
    ...earnings,
    handler: async request => readEarnings(callerContext(deps, request), request.params.party, request.query),
  })

  app.route({
    ...photographerSummary,
    handler: async request => readPhotographerSummary(callerContext(deps, request)),
  })

  app.route({
    ...photographerMorning,
    handler: async request => readOwnMorning(callerContext(deps, request)),
  })

  app.route({
    ...statement,
    handler: async request => readStatement(callerContext(deps, request), request.params.party, request.query),
  })

  app.route({
    ...files.askStatementFile,
    handler: async (request, reply) =>
      reply.code(202).send(await askFile(callerContext(deps, request), request.params.party, request.body)),
  })

  app.route({
    ...files.getStatementFile,
    handler: async request => readFile(callerContext(deps, request), request.params.party, request.query),
  })

  app.route({
    ...files.linkStatementFile,
    handler: async request => linkFile(callerContext(deps, request), request.params.party, request.query),
  })

  app.route({
    ...ledgerSeal,
    handler: async request => readSeal(contextOf(deps, request), request.params.number),
  })

  app.route({
    ...contracts.eventRevenue,
    handler: async request => summarizeEvent(callerContext(deps, request), request.params.id, request.query),
  })
}
