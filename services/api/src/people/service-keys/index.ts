export { serviceKeyRoutes } from './routes.ts'
