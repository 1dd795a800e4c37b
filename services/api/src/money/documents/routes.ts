import * as contract from '@pix/contracts/documents.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext, callerContext } from '../../http/context-of.ts'
import { exchangeDocument } from './exchange-document.ts'
import { linkOwnDocument, linkStudiosDocument } from './link-document.ts'
import { listDocuments } from './list-documents.ts'
import { readOrderDocuments } from './read-documents.ts'
import { reportSalesTax } from './report-sales-tax.ts'

/** Receipts, tax invoices and credit notes, for their buyers and for the staff of their studio. */
export const documentRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listOrderDocuments,
    handler: async request => readOrderDocuments(buyerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.exchangeDocument,
    handler: async (request, reply) => {
      const ctx = buyerContext(deps, request)
      await exchangeDocument(ctx, request.params.id, request.body)
      return reply.code(201).send(await readOrderDocuments(ctx, request.params.id))
    },
  })

  app.route({
    ...contract.getDocumentPdf,
    handler: async (request, reply) =>
      reply.redirect(await linkOwnDocument(buyerContext(deps, request), request.params.id), 302),
  })

  app.route({
    ...contract.listDocuments,
    handler: async request => listDocuments(callerContext(deps, request), request.query),
  })

  app.route({
    ...contract.linkDocument,
    handler: async request => linkStudiosDocument(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.salesTaxReport,
    handler: async request => reportSalesTax(callerContext(deps, request), request.params.id, request.query),
  })
}
