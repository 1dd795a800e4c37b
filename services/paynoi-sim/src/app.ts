import formbody from '@fastify/formbody'
import { parseBaht } from '@pix/domain/money.ts'
import { SECRET_FIELDS } from '@pix/platform/log.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { createAnnouncer } from './announce.ts'
import { type Bank, openBank } from './bank.ts'
import { type Charge, describeCharge } from './charge.ts'
import { fileBooks, noBooks } from './books.ts'
import { FaultChange, withChange } from './faults.ts'
import { listPage, payPage, readFaultForm } from './pages.ts'
import { announceOmise, answerOmise } from './omise.ts'
import { promptPayImage } from './promptpay-image.ts'
import { announcePayNoi, answerProtocol } from './protocol.ts'
import type { Settings } from './settings.ts'

const PayInput = z
  .strictObject({
    amount: z
      .string()
      .refine(text => parseBaht(text) !== null)
      .optional(),
  })
  .default({})

/**
 * PayNoi as a stranger would run it, and Omise beside it where it has a key, with pages to pay on and faults to choose. Charges outlive a restart where there is a file
 * for them; what was on its way just then (a webhook's next try, late money) does not.
 */
export async function buildSim(settings: Settings): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: settings.LOG_LEVEL, redact: SECRET_FIELDS.flatMap(field => [field, `*.${field}`]) },
    bodyLimit: 65_536,
    forceCloseConnections: true,
  })
  await app.register(formbody)
  const bank = openBank(settings.PAYNOI_BOOKS === undefined ? noBooks : fileBooks(settings.PAYNOI_BOOKS))
  const secret = settings.PAYNOI_WEBHOOK_SECRET ?? settings.PAYNOI_API_KEY
  const announcer = createAnnouncer(
    {
      paynoi: announcePayNoi(settings.PAYNOI_WEBHOOK_URL, secret),
      omise: announceOmise(settings.OMISE_WEBHOOK_URL, settings.OMISE_WEBHOOK_SECRETS ?? '', () => app.listeningOrigin),
    },
    app.log,
  )
  const timers = new Set<NodeJS.Timeout>()
  app.addHook('onClose', async () => {
    announcer.close()
    for (const timer of timers) clearTimeout(timer)
  })

  /** Late money waits for the end of the QR; a second payment follows the first. Resolves once it was announced. */
  const pay = async (charge: Charge, change: { amount?: string } = {}): Promise<Charge> => {
    const waitMs = charge.faults.late ? charge.expiresAt.getTime() + 1_000 - Date.now() : 0
    if (waitMs > 0) {
      bank.changeFaults(charge, { late: false })
      timers.add(setTimeout(() => void pay(charge, change), waitMs).unref())
      return charge
    }
    const paid = bank.pay(charge)
    await announcer.announce(paid, change)
    if (charge.faults.secondPayment) {
      bank.changeFaults(charge, { secondPayment: false })
      await announcer.announce(bank.pay(charge), change)
    }
    return paid
  }

  answerProtocol(app, bank, settings.PAYNOI_API_KEY)
  if (settings.OMISE_SECRET_KEY !== undefined) answerOmise(app, bank, settings.OMISE_SECRET_KEY)
  servePages(app, bank, pay, charge => announcer.announce(charge))
  serveControls(app, bank, pay)
  app.get('/healthz', async () => ({ status: 'ok' }))
  return app
}

type Pay = (charge: Charge, change?: { amount?: string }) => Promise<Charge>

function servePages(app: FastifyInstance, bank: Bank, pay: Pay, announce: (charge: Charge) => Promise<void>): void {
  const html = 'text/html; charset=utf-8'
  app.get('/', async (_, reply) => reply.type(html).send(listPage(bank.all(), bank.faults)))

  app.get<{ Params: { id: string } }>('/pay/:id', async (request, reply) => {
    const charge = bank.find(request.params.id)
    if (!charge) return reply.callNotFound()
    const image = await promptPayImage(charge)
    return reply.type(html).send(payPage(charge, `data:image/png;base64,${image.toString('base64')}`))
  })

  app.post<{ Params: { id: string }; Body: Record<string, unknown> }>('/pay/:id', async (request, reply) => {
    const charge = bank.find(request.params.id)
    if (!charge) return reply.callNotFound()
    bank.changeFaults(charge, FaultChange.parse(readFaultForm(request.body)))
    if (request.body.do === 'fail') {
      bank.fail(charge)
      await announce(charge)
      return reply.redirect(`/pay/${charge.transId}`, 303)
    }
    const paid = await pay(charge)
    return reply.redirect(`/pay/${paid.transId}`, 303)
  })
}

/** For tests and the command line. */
function serveControls(app: FastifyInstance, bank: Bank, pay: Pay): void {
  app.get('/charges', async () => ({ items: bank.all().map(describeCharge) }))

  app.get<{ Params: { id: string } }>('/charges/:id', async (request, reply) => {
    const charge = bank.find(request.params.id)
    return charge ? describeCharge(charge) : reply.callNotFound()
  })

  app.post<{ Params: { id: string } }>('/charges/:id/pay', async (request, reply) => {
    const charge = bank.find(request.params.id)
    const input = PayInput.safeParse(request.body ?? undefined)
    if (!charge) return reply.callNotFound()
    if (!input.success) return reply.code(400).send({ error: 'amount is decimal baht as text' })
    const { amount } = input.data
    return describeCharge(await pay(charge, amount === undefined ? {} : { amount }))
  })

  app.post<{ Params: { id: string } }>('/charges/:id/faults', async (request, reply) => {
    const charge = bank.find(request.params.id)
    const change = FaultChange.safeParse(request.body)
    if (!charge) return reply.callNotFound()
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) })
    bank.changeFaults(charge, change.data)
    return describeCharge(charge)
  })

  app.get('/faults', async () => bank.faults)
  app.post('/faults', async (request, reply) => {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    const change = FaultChange.safeParse(isForm ? readFaultForm(request.body) : request.body)
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) })
    bank.faults = withChange(bank.faults, change.data)
    return isForm ? reply.redirect('/', 303) : bank.faults
  })
}
