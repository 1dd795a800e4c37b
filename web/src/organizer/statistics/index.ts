export const StatisticsPage = () => import('./StatisticsPage.vue')
