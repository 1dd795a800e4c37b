export const EarningsPage = () => import('./EarningsPage.vue')
export const MonthStatement = () => import('./MonthStatement.vue')
