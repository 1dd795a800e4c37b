export { default as LostFactorNote } from './LostFactorNote.vue'
export { default as SecondStep } from './SecondStep.vue'
export { useSecondStep } from './use-second-step.ts'
