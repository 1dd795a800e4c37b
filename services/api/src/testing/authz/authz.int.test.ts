import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { buildApp } from '../../app.ts'
import { notFound } from '../../base/problem.ts'
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
  expect(report.cells).toBeGreaterThan(1_000)
})

test('a handler that forgot whose order it is turns its cells red, and one without a line is named', async () => {
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
  app.route({ method: 'POST', url: '/api/forgotten', config, schema: { hide: true }, handler: async () => ({}) })
  await app.ready()
  const line = 'GET /api/planted/:id'
  const report = await tryCells(Object.assign(t, { app }), {
    table: { ...TABLE, [line]: AUDIENCES.buyer },
    requests: { [line]: REQUESTS['GET /api/orders/:id']! },
    routes: [...servedRoutes(app)].filter(route => route === line || route === 'POST /api/forgotten'),
  })
  await app.close()
  expect(report).toMatchObject({ cells: 28, allowedAnd2xx: 1, leaks: 27, routesWithoutLine: ['POST /api/forgotten'] })
  expect(report.wrong).toContainEqual(
    expect.stringMatching(/^GET .api.planted.:id as guest on own objects: 200 instead of 404/),
  )
})
