import type { RouteRecordRaw } from 'vue-router'

/** Who somebody is: signing in. */
export const accountRoutes: RouteRecordRaw[] = [{ path: 'login', component: () => import('./sign-in/LoginPage.vue') }]
