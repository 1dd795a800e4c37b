export { askAboutCharge, askAboutPayment } from './ask-gateway.ts'
export { queueFirstSales } from './first-sale.ts'
export { openGateways } from './gateways/open-gateways.ts'
export { SURPLUS } from './keep-money.ts'
export { payableOrderRoutes } from './orders/routes.ts'
export { publishPayments } from './publish-payments.ts'
export { paymentRoutes } from './routes.ts'
export {
  askGatewaysFirst,
  finishArrival,
  type FoundMoney,
  refuseSlip,
  slipArrived,
  TRANSFER,
} from './slips/decide-slip.ts'
export { openSlipPicture } from './slips/open-picture.ts'
export { transferRoutes } from './slips/routes.ts'
export { startSweeps } from './start-sweeps.ts'
