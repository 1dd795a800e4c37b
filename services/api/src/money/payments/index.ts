export { createPayNoi } from './paynoi.ts'
export { paymentRoutes } from './routes.ts'
export { startSweeps } from './start-sweeps.ts'
