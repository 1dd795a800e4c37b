export { closeEntitlements } from './close-entitlements.ts'
export { grantEntitlements } from './grant-entitlements.ts'
export { mediaRoutes } from './media/routes.ts'
export { boughtPhotoIds, boughtPhotos } from './queries.ts'
