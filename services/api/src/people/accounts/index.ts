export { requireVerifiedEmail } from './registration/require-verified-email.ts'
export { passwordFits } from './passwords.ts'
export { authRoutes } from './routes.ts'
export { setupRoutes } from './setup/routes.ts'
