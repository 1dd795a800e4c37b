/** A page of its own. */
export const DeskPage = () => import('./DeskPage.vue')
