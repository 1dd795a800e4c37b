export { deletePhoto, finishDeletion } from './delete-photo.ts'
export { startForgetting } from './start-forgetting.ts'
export { privacyRoutes } from './routes.ts'
