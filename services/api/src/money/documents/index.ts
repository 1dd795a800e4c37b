export { issueCreditNote } from './issue-credit-note.ts'
export { issueForSale } from './issue-for-sale.ts'
export { documentsInForce, printedOf } from './open-document.ts'
export { documentRoutes } from './routes.ts'
