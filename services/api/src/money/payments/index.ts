export { openGateways } from './gateways/open-gateways.ts'
export { payableOrderRoutes } from './orders/routes.ts'
export { paymentRoutes } from './routes.ts'
export { startSweeps } from './start-sweeps.ts'
