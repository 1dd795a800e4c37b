import type { Area } from '../base/area.ts'

/** Who somebody is: signing in. */
export const account: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [{ path: 'login', component: () => import('./sign-in/LoginPage.vue') }],
}
