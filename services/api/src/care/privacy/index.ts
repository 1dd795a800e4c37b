export { startForgetting } from './forget-old-rows.ts'
export { privacyRoutes } from './routes.ts'
