import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { buildApp } from '../../app.ts'
import { notFound } from '../../base/problem.ts'
import { managedBy } from '../../catalogue/events/index.ts'
import { callerContext } from '../../http/context-of.ts'
import { type Bank, startBank } from '../../money/payments/bank-testing.ts'
import { AUDIENCES } from './answers.ts'
import { REQUESTS } from './requests.ts'
import { TABLE } from './table.ts'
import { servedRoutes, tryCells } from './try-cells.ts'
import { UNLIMITED } from './unlimited.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

const PATIENT = { timeout: 600_000 }

test('every route answers every person as the table says, and no route is without a line', PATIENT, async () => {
  await using t = await bank.openShop({ settings: UNLIMITED })
  const report = await tryCells(t, { table: TABLE, requests: REQUESTS, routes: servedRoutes(t.app) })
  expect(report).toMatchObject({ leaks: 0, wrong: [], routesWithoutLine: [], linesWithoutRoute: [] })
  expect(report).toMatchObject({ outsideStaff: [], unusedExceptions: [] })
  expect(report.cells).toBeGreaterThan(1_000)
})

test('a handler that forgot whose order it is turns its cells red; one that forgot the staff transaction and one without a line are named', async () => {
  await using t = await bank.openShop({ settings: UNLIMITED })
  const app = await buildApp(t.deps)
  const config = { access: 'session' } as const
  app.route({
    method: 'GET',
    url: '/api/planted/:id',
    config,
    schema: { hide: true, params: z.object({ id: z.string() }) },
    handler: async request => {
      const { id } = request.params as { id: string }
      const [order] = await t.db.select().from(orders).where(eq(orders.id, id))
      if (!order) throw notFound()
      return { id: order.id }
    },
  })
  // Asks who manages the event, and forgets the staff transaction.
  app.route({
    method: 'GET',
    url: '/api/planted-staff/:id',
    config: { access: 'manager' },
    schema: { hide: true, params: z.object({ id: z.string() }) },
    handler: async request => {
      const { id } = request.params as { id: string }
      const managed = managedBy(callerContext(t.deps, request))
      const [event] = await t.db
        .select({ id: events.id })
        .from(events)
        .where(and(eq(events.id, id), managed))
      if (!event) throw notFound()
      return event
    },
  })
  app.route({ method: 'POST', url: '/api/forgotten', config, schema: { hide: true }, handler: async () => ({}) })
  await app.ready()
  const [line, staffLine] = ['GET /api/planted/:id', 'GET /api/planted-staff/:id']
  const report = await tryCells(Object.assign(t, { app }), {
    table: { ...TABLE, [line]: AUDIENCES.buyer, [staffLine]: AUDIENCES.manager },
    requests: { [line]: REQUESTS['GET /api/orders/:id']!, [staffLine]: REQUESTS['GET /api/admin/events/:id']! },
    routes: [line, staffLine, 'POST /api/forgotten'],
  })
  await app.close()
  expect(report).toMatchObject({ cells: 64, allowedAnd2xx: 5, leaks: 31, routesWithoutLine: ['POST /api/forgotten'] })
  expect(report.outsideStaff).toContainEqual(
    expect.stringMatching(/^GET .api.planted-staff.:id: select "id" from "events"/),
  )
  expect(report.wrong).toContainEqual(
    expect.stringMatching(/^GET .api.planted.:id as guest on own objects: 200 instead of 404/),
  )
})
