export { requireVerifiedEmail } from './registration/require-verified-email.ts'
export { authRoutes } from './routes.ts'
export { setupRoutes } from './setup/routes.ts'
