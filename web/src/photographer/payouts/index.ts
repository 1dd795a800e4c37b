export const PayoutsPage = () => import('./PayoutsPage.vue')
export const Payees = () => import('./Payees.vue')
