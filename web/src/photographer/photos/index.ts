export { default as DeletePhoto } from './DeletePhoto.vue'
/** A page of its own. */
export const MyPhotosPage = () => import('./MyPhotosPage.vue')
