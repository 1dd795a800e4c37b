export { startMorningLetters } from './morning/morning-letters.ts'
export { startStatementLetters } from './statement-letters.ts'
export { revenueRoutes } from './routes.ts'
export { readRevenue } from './summary.ts'
