export { createPayNoi } from './gateways/paynoi/paynoi.ts'
export { paymentRoutes } from './routes.ts'
export { startSweeps } from './start-sweeps.ts'
