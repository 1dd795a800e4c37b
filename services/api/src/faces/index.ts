export { faceMediaRoutes, peopleRoutes } from './people/routes.ts'
export { faceRoutes } from './routes.ts'
