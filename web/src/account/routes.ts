import type { RouteLocationNormalized } from 'vue-router'
import type { Area } from '../base/area.ts'

/** The page of a notice in its present version, and in the version of a date. */
const notice = (path: string, name: 'notice' | 'terms') => [
  { path, component: () => import('./privacy/NoticePage.vue'), props: { name } },
  {
    path: `${path}/:date(\\d{4}-\\d{2}-\\d{2})`,
    component: () => import('./privacy/NoticePage.vue'),
    props: ({ params }: RouteLocationNormalized) => ({ name, date: params['date'] }),
  },
]

/**
 * Pages about the person: signing in, their own things and what is kept about them, and the first run, which makes the
 * first admin.
 */
export const account: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: 'login', component: () => import('./sign-in/LoginPage.vue') },
    { path: 'login/provider', component: () => import('./provider/ProviderReturnPage.vue') },
    { path: 'setup', component: () => import('./setup/SetupPage.vue') },
    { path: 'login/code', component: () => import('./sign-in/CodePage.vue') },
    { path: 'keep-two-factor', component: () => import('./two-factor/KeepFactorPage.vue') },
    { path: 'alerts', component: () => import('./alerts/AlertPage.vue') },
    { path: 'letters', component: () => import('./letters/StopPage.vue') },
    { path: 'gift', component: () => import('./gift/GiftPage.vue'), meta: { stageHeader: true } },
    { path: 'unlock', component: () => import('./sign-in/UnlockPage.vue') },
    { path: 'invitation', component: () => import('./invitation/InvitationPage.vue') },
    { path: 'register', component: () => import('./registration/RegisterPage.vue') },
    { path: 'verify-email', component: () => import('./registration/VerifyPage.vue') },
    { path: 'forgot-password', component: () => import('./password/ForgotPage.vue') },
    { path: 'reset-password', component: () => import('./password/ResetPage.vue') },
    { path: 'orders/open', component: () => import('./orders/OpenOrderPage.vue') },
    {
      path: 'account',
      component: () => import('./profile/AccountLayout.vue'),
      meta: { needs: 'user', ofAccount: true },
      children: [
        { path: '', component: () => import('./profile/ProfilePage.vue') },
        { path: 'orders', component: () => import('./orders/OrdersPage.vue') },
        { path: 'password', component: () => import('./profile/PasswordPage.vue') },
        { path: 'two-factor', component: () => import('./two-factor/TwoFactorPage.vue') },
        { path: 'devices', component: () => import('./devices/DevicesPage.vue') },
      ],
    },
    { path: 'my-photos', component: () => import('./my-photos/MyPhotosPage.vue'), meta: { ofAccount: true } },
    ...notice('privacy', 'notice'),
    ...notice('terms', 'terms'),
    { path: 'hide-me/withdraw', component: () => import('./privacy/TakeBackPage.vue') },
    {
      path: 'privacy/me',
      alias: 'account/privacy',
      component: () => import('./privacy/MyDataPage.vue'),
      meta: { ofAccount: true },
    },
  ],
}
