export { startForgetting } from './start-forgetting.ts'
export { privacyRoutes } from './routes.ts'
