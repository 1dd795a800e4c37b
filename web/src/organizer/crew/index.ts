export { default as EventCrew } from './EventCrew.vue'
export { default as OpenInvitations } from './OpenInvitations.vue'
