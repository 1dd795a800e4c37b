export const LettersPage = () => import('./LettersPage.vue')
