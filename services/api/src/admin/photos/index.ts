export { managedPhotoRoutes } from './routes.ts'
