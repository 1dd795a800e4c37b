export const EarningsPage = () => import('./EarningsPage.vue')
