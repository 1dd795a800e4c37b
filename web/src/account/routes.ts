import type { Area } from '../base/area.ts'

/** Who somebody is: signing in, and the first run, which makes the first admin. */
export const account: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: 'login', component: () => import('./sign-in/LoginPage.vue') },
    { path: 'setup', component: () => import('./setup/SetupPage.vue') },
  ],
}
