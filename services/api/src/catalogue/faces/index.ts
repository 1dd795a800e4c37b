export { forgetSearch } from './forget-search.ts'
export { faceMediaRoutes, peopleRoutes } from './people/routes.ts'
export { engineRoutes } from './engine/routes.ts'
export { faceRoutes } from './routes.ts'
