export { measureService, type Service } from './measure-service.ts'
export { statusRoutes } from './routes.ts'
