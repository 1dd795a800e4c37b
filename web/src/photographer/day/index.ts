/** A page of its own. */
export const DayPage = () => import('./DayPage.vue')
