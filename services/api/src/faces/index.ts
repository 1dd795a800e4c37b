export { faceRoutes } from './routes.ts'
