export { default as StudioPage } from './StudioPage.vue'
export { default as StudioSwitch } from './StudioSwitch.vue'
export { useShownStudio } from './use-shown-studio.ts'
export { refreshStudios, useStudio } from './use-studio.ts'
