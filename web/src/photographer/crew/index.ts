/** A page of its own, of an organizer and of a photographer. */
export const ChooseEventPage = () => import('./ChooseEventPage.vue')
export { default as EventChoice } from './EventChoice.vue'
export { default as CrewHead } from './CrewHead.vue'
export { default as CrewPicture } from './CrewPicture.vue'
export { useEventChoice } from './use-event-choice.ts'
export { useCrewPicture } from './use-crew-picture.ts'
