export { default as StudioSwitch } from './StudioSwitch.vue'
export { refreshStudios, useStudio } from './use-studio.ts'
